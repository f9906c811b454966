import { optional, setting } from './setting.js';
import {
  oneOf,
  path,
  plainText,
  secretEndpoint,
  secretText,
  serverAddresses,
  topicName,
  wholeNumber,
} from './setting-parsers.js';

export const KAFKA_LOGINS = ['none', 'plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'] as const;

/** The settings of the event log on Kafka, by their environment variables. */
export const KAFKA_SETTINGS = {
  KEYTRAIL_KAFKA_BROKERS: setting(serverAddresses, []),
  KEYTRAIL_KAFKA_CLIENT_ID: setting(topicName, 'keytrail'),
  KEYTRAIL_KAFKA_TOPIC: setting(topicName, 'keytrail.events'),
  KEYTRAIL_KAFKA_PARTITIONS: setting(wholeNumber(1, 1_000), 12),
  KEYTRAIL_KAFKA_REPLICATION_FACTOR: optional(wholeNumber(1, 100)),
  KEYTRAIL_KAFKA_MIN_IN_SYNC_REPLICAS: optional(wholeNumber(1, 100)),
  KEYTRAIL_KAFKA_TLS: setting(oneOf(['on', 'off']), 'off'),
  KEYTRAIL_KAFKA_CA_FILE: optional(path),
  KEYTRAIL_KAFKA_CERTIFICATE_FILE: optional(path),
  KEYTRAIL_KAFKA_KEY_FILE: optional(path),
  KEYTRAIL_KAFKA_LOGIN: setting(oneOf(KAFKA_LOGINS), 'none'),
  KEYTRAIL_KAFKA_USER: optional(plainText),
  KEYTRAIL_KAFKA_PASSWORD: optional(secretText),
  KEYTRAIL_KAFKA_PASSWORD_FILE: optional(path),
  KEYTRAIL_KAFKA_TOKEN_FILE: optional(path),
  KEYTRAIL_KAFKA_TOKEN_ENDPOINT: optional(secretEndpoint),
  KEYTRAIL_KAFKA_TOKEN_CLIENT_ID: optional(plainText),
  KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET: optional(secretText),
  KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET_FILE: optional(path),
  KEYTRAIL_KAFKA_TOKEN_SCOPE: optional(plainText),
} as const;

export type KafkaSettingValues = {
  readonly [Name in keyof typeof KAFKA_SETTINGS]: (typeof KAFKA_SETTINGS)[Name]['otherwise'];
};
