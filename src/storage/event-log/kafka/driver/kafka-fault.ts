export type FaultReason =
  | 'unreachable'
  | 'no-answer'
  | 'no-leader'
  | 'not-enough-replicas'
  | 'login-refused'
  | 'no-token'
  | 'not-allowed'
  | 'tls'
  | 'closed'
  | 'refused';

/** What a broker or the way to it did not do. Carries our own words only: a driver's may tell of anything. */
export class KafkaFault extends Error {
  override readonly name = 'KafkaFault';

  constructor(
    readonly reason: FaultReason,
    /** Trying again may help. */
    readonly passing: boolean,
    /** Kafka's error code, where a broker gave one. */
    readonly kafkaCode?: number,
  ) {
    super(reason);
  }
}

/** Codes of the Kafka protocol that are told apart here. */
export const KAFKA_CODE = {
  none: 0,
  unknownServerError: -1,
  offsetOutOfRange: 1,
  corruptMessage: 2,
  unknownTopicOrPartition: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  requestTimedOut: 7,
  messageTooLarge: 10,
  recordListTooLarge: 18,
  notEnoughReplicas: 19,
  notEnoughReplicasAfterAppend: 20,
  topicAuthorizationFailed: 29,
  clusterAuthorizationFailed: 31,
  topicAlreadyExists: 36,
  outOfOrderSequence: 45,
  duplicateSequence: 46,
  invalidProducerEpoch: 47,
  invalidProducerIdMapping: 49,
  storageError: 56,
  saslAuthenticationFailed: 58,
  unknownProducerId: 59,
  fencedLeaderEpoch: 74,
  unknownLeaderEpoch: 75,
  offsetNotAvailable: 78,
  producerFenced: 90,
} as const;

const LEADERLESS = new Set<number>([
  KAFKA_CODE.unknownTopicOrPartition,
  KAFKA_CODE.leaderNotAvailable,
  KAFKA_CODE.notLeader,
  9, // replica not available
  13, // network exception
  41, // not controller
  KAFKA_CODE.storageError,
  KAFKA_CODE.fencedLeaderEpoch,
  KAFKA_CODE.unknownLeaderEpoch,
  KAFKA_CODE.offsetNotAvailable,
]);
const REPLICAS = new Set<number>([KAFKA_CODE.notEnoughReplicas, KAFKA_CODE.notEnoughReplicasAfterAppend]);
const DENIED = new Set<number>([
  KAFKA_CODE.topicAuthorizationFailed,
  30, // group authorization
  KAFKA_CODE.clusterAuthorizationFailed,
  53, // transactional id authorization
]);
const PASSING = new Set<number>([KAFKA_CODE.unknownServerError, KAFKA_CODE.corruptMessage, 14, 15, 16, 51, 89]);

export function faultOfCode(code: number): KafkaFault {
  if (LEADERLESS.has(code)) return new KafkaFault('no-leader', true, code);
  if (REPLICAS.has(code)) return new KafkaFault('not-enough-replicas', true, code);
  if (code === KAFKA_CODE.requestTimedOut) return new KafkaFault('no-answer', true, code);
  if (DENIED.has(code)) return new KafkaFault('not-allowed', false, code);
  if (code === KAFKA_CODE.saslAuthenticationFailed) return new KafkaFault('login-refused', false, code);
  return new KafkaFault('refused', PASSING.has(code), code);
}

const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO)/;

/** Reduces what kafkajs throws. */
export function toFault(error: unknown): KafkaFault {
  if (error instanceof KafkaFault) return error;
  const { name, code, errors } = describe(error);
  if (Array.isArray(errors) && errors.length > 0) return toFault(errors[0]);
  if (typeof code === 'number') return faultOfCode(code);
  if (typeof code === 'string' && TLS_CODE.test(code)) return new KafkaFault('tls', false);
  return faultOfName(name);
}

function faultOfName(name: string): KafkaFault {
  if (name === 'KafkaJSSASLAuthenticationError') return new KafkaFault('login-refused', false);
  if (name === 'KafkaJSRequestTimeoutError' || name === 'KafkaJSLockTimeout') return new KafkaFault('no-answer', true);
  if (name.startsWith('KafkaJSConnection')) return new KafkaFault('unreachable', true);
  return new KafkaFault('refused', false);
}

function describe(error: unknown): { readonly name: string; readonly code: unknown; readonly errors: unknown } {
  if (typeof error !== 'object' || error === null) return { name: '', code: undefined, errors: undefined };
  const { name, code, errors } = error as { name?: unknown; code?: unknown; errors?: unknown };
  return { name: typeof name === 'string' ? name : '', code, errors };
}
