import type { ConsumerStatus } from './consumer-status.js';

/** What the consumers of this process tell about themselves: for health, metrics, diagnostics and answers' lag. */
export abstract class ConsumerStatuses {
  abstract statuses(): readonly ConsumerStatus[];

  /** Calls `listener` at every change of a status. Returns the way to stop. */
  abstract subscribe(listener: (status: ConsumerStatus) => void): () => void;
}
