import type { ErrorCode } from '../domain/errors.js';

export interface Lag {
  readonly events: number;
  /** Since the first event that is still to come was recorded; 0 when none is. */
  readonly seconds: number;
}

/** One build of a view. An inactive one is being filled, and takes the active one's place when it has caught up. */
export interface ViewProgress {
  readonly view: string;
  readonly version: number;
  readonly generation: number;
  readonly active: boolean;
  /** Log points as text. */
  readonly checkpoint: string;
  readonly lag: number;
}

/** An event that can't be consumed. It is tried again and again and never skipped; views stay as they are before it. */
export interface BlockedAt {
  readonly view: string;
  /** `epoch.partition.offset`. */
  readonly position: string;
  readonly code: ErrorCode;
  readonly attempts: number;
  /** RFC 3339. */
  readonly since: string;
  /** True once it has failed so often that somebody has to look. */
  readonly alarm: boolean;
}

/**
 * `running`: at work or waiting for events. `failing`: a store or a key does not answer; tried again by itself. `blocked`:
 * stands before an event it can't consume. `stopped`: has ended, or lost its checkpoint to another consumer.
 */
export type ConsumerState = 'starting' | 'running' | 'failing' | 'blocked' | 'stopped';

/** What a consumer of the log tells about itself. */
export interface ConsumerStatus {
  readonly name: string;
  readonly state: ConsumerState;
  readonly lag: Lag;
  readonly views: readonly ViewProgress[];
  /** Events consumed and failures met since the consumer's process started. */
  readonly consumed: number;
  readonly failures: number;
  readonly restarts: number;
  readonly blocked: readonly BlockedAt[];
  readonly lastError?: { readonly code: ErrorCode; readonly at: string };
}
