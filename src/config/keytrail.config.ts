import type { Secret } from '../domain/secret.js';

export const COMPONENTS = ['api', 'receivers', 'projector', 'reports'] as const;
/** A part of the service that runs in this process. */
export type Component = (typeof COMPONENTS)[number];

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Everything the service is told from outside, read once at the start and frozen. Plain data but for secrets. Its own DI
 * token. Bytes, milliseconds and counts are named as such; `docs/operations/configuration.md` explains each setting.
 */
export abstract class KeytrailConfig {
  /** The data folder: absolute. */
  abstract readonly data: string;
  abstract readonly tenant: string;
  /** Of events whose source and key say nothing else. */
  abstract readonly environment: string;
  abstract readonly components: readonly Component[];
  abstract readonly logLevel: LogLevel;
  abstract readonly http: HttpSettings;
  abstract readonly files: FileSettings;
  abstract readonly limits: LimitSettings;
  abstract readonly waits: WaitSettings;
  /** Threads that prepare large batches. */
  abstract readonly workers: number;
  /** The command line's own key. */
  abstract readonly key: Secret<string> | undefined;
}

export interface HttpSettings {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly metricsHost: string;
  /** Metrics without a key on a port of their own; `undefined` = only on the main port, with a key. */
  readonly metricsPort: number | undefined;
  /** Addresses or CIDR blocks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

/** Absolute paths. */
export interface FileSettings {
  /** The key-encryption key, when it does not lie in the data folder. */
  readonly kek: string | undefined;
  /** Holds the first administrator's key, when it is not to be made here. */
  readonly bootstrapKey: string | undefined;
  /** Mappings and operator patterns, YAML. */
  readonly sources: string | undefined;
}

export interface LimitSettings {
  /** Records in one request. */
  readonly records: number;
  /** Bytes of one request's body, decompressed. */
  readonly bytes: number;
  /** Bytes of all bodies in memory at once. */
  readonly bytesInFlight: number;
  /** Events that may wait for the next commits. */
  readonly queuedEvents: number;
  readonly newSubjectsPerHour: number;
}

/** Milliseconds. */
export interface WaitSettings {
  /** For a request to be durable, before it is refused. */
  readonly append: number;
  /** For a request to arrive, head and body. */
  readonly body: number;
  /** For the service to finish what it accepted when told to stop. */
  readonly stop: number;
  /** How long a request without a response is held back from queries. */
  readonly exchange: number;
}
