/** Bounds that no setting changes: they keep one hostile record from costing what a thousand honest ones may. */
export const RECORD_LIMITS = {
  /** Bytes of one record: CloudTrail's largest is 1 MiB, and a line of Vault's that holds more holds values. */
  bytes: 1_048_576,
  /** How deep arrays and objects may nest, the store's own wrapping included. */
  depth: 64,
  /** Values in one JSON text. A thousand real records hold about 60,000. */
  values: 2_000_000,
} as const;

/** Bounds of one request; `config.limits` has the values of an installation. */
export interface RequestLimits {
  readonly records: number;
  readonly bytes: number;
}

/** Bodies up to this size are prepared in the main thread: about twenty records, less work than sending them away. */
export const INLINE_BYTES = 32_768;

/** What one group commit may hold. */
export const COMMIT_LIMITS = { events: 10_000, bytes: 33_554_432 } as const;
/** How long the first of a commit waits for others, in milliseconds. */
export const COMMIT_LINGER_MS = 2;
/** What a refused caller is told to wait, in seconds. */
export const RETRY_AFTER_SECONDS = 2;
/** How long a thread that prepares deliveries may be idle before it ends, in milliseconds. */
export const IDLE_THREAD_MS = 10_000;
/** How long after a failed commit the log is tried again if nobody comes, in milliseconds. */
export const PROBE_MS = 2_000;
