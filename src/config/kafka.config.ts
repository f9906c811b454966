import type { Secret } from '../domain/secret.js';

/** How the event log's topic is reached. Plain data but for secrets, which may lie in files instead: paths are absolute. */
export interface KafkaConfig {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly topic: KafkaTopicConfig;
  readonly tls: KafkaTlsConfig | undefined;
  readonly login: KafkaLoginConfig | undefined;
}

export interface KafkaTopicConfig {
  readonly name: string;
  /** When Keytrail makes the topic. */
  readonly partitions: number;
  /** `undefined`: three copies, and a cluster of fewer brokers is refused. */
  readonly replicationFactor: number | undefined;
  /** `undefined`: all copies but one. */
  readonly minInSyncReplicas: number | undefined;
}

/** PEM files. Without an authority those that Node trusts. */
export interface KafkaTlsConfig {
  readonly caFile: string | undefined;
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
}

export type KafkaLoginConfig =
  | {
      readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
      readonly user: string;
      readonly password: SecretPlace;
    }
  | { readonly mechanism: 'OAUTHBEARER'; readonly tokenFile: string }
  | {
      readonly mechanism: 'OAUTHBEARER';
      readonly endpoint: string;
      readonly clientId: string;
      readonly clientSecret: SecretPlace;
      readonly scope: string | undefined;
    };

/** A secret, or the file that holds it. */
export type SecretPlace = Secret<string> | { readonly file: string };
