import type { Secret } from '../../../domain/secret.js';

/** How the event log's topic is reached and what it has to be. Plain data but for secrets and the token's provider. */
export interface KafkaOptions {
  /** `host:port` of some brokers; the others are learned from them. */
  readonly brokers: readonly string[];
  /** How brokers' logs and quotas name this process. */
  readonly clientId: string;
  /** Unset: no TLS. A broker's certificate is always checked. */
  readonly tls?: KafkaTls;
  /** Unset: no login. */
  readonly login?: KafkaLogin;
  readonly topic: KafkaTopicOptions;
  /** The log's epoch: it changes with a migration or a restore only. */
  readonly epoch: number;
  readonly waits: KafkaWaits;
  readonly limits: KafkaLimits;
}

/** PEM texts. */
export interface KafkaTls {
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: Secret<string>;
}

export type KafkaLogin =
  | {
      readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
      readonly user: string;
      readonly password: Secret<string>;
    }
  | { readonly mechanism: 'OAUTHBEARER'; readonly token: TokenProvider };

/** Asked at each connection; keeps a token as long as it is good. */
export type TokenProvider = () => Promise<Secret<string>>;

export interface KafkaTopicOptions {
  readonly name: string;
  /**
   * At creation only: which partition an event is on is final. 12 divides evenly among 1, 2, 3, 4, 6 or 12 replicas of a
   * consumer, and more would only make smaller batches.
   */
  readonly partitions: number;
  /** Copies of each partition. Unset: 3, and a cluster that has fewer brokers is refused. */
  readonly replicationFactor?: number;
  /** Copies that must have an event before it counts as recorded. Unset: all but one, at least one. */
  readonly minInSyncReplicas?: number;
}

/** Milliseconds. */
export interface KafkaWaits {
  /** For an append to be durable, before its caller is told that it is not. */
  readonly append: number;
  /** For a read, an end or a check, over all attempts. */
  readonly read: number;
  /** For one connection to be there, and for one login. */
  readonly connect: number;
  /** For one broker's answer to one request. */
  readonly request: number;
  /** Between two looks at what other processes append. */
  readonly poll: number;
}

export interface KafkaLimits {
  /** Bytes of records that may wait for their broker; more is refused at once. */
  readonly waitingBytes: number;
  /** Bytes of one produce request. */
  readonly requestBytes: number;
  /** Bytes that one broker answers a read with. */
  readonly fetchBytes: number;
  /** Bytes of records that were fetched and not yet asked for. */
  readonly keptBytes: number;
}

export const KAFKA_TOPIC = 'keytrail.events';
export const KAFKA_PARTITIONS = 12;
export const KAFKA_WAITS: KafkaWaits = { append: 10_000, read: 10_000, connect: 3_000, request: 5_000, poll: 500 };
export const KAFKA_LIMITS: KafkaLimits = {
  waitingBytes: 64 * 1_048_576,
  requestBytes: 1_048_576,
  fetchBytes: 4 * 1_048_576,
  keptBytes: 16 * 1_048_576,
};
