import type { LogPoint, Position } from '../../domain/position.js';

/** One event to append. The bytes are final from here on. */
export interface LogRecord {
  readonly id: string;
  /** UTC day of `occurredAt`, days since 1970; 0 where there is no readable time. */
  readonly day: number;
  /** By which a partitioned log chooses the partition: see domain/partition-hash.ts. */
  readonly partitionHash: number;
  readonly entry: Uint8Array;
  readonly encrypted: Uint8Array;
}

export interface StoredRecord {
  readonly position: Position;
  readonly id: string;
  readonly partitionHash: number;
  readonly entry: Uint8Array;
  /** Empty once cleared. */
  readonly encrypted: Uint8Array;
}

export type Appended =
  | { readonly duplicate: false; readonly position: Position }
  /** An event of this id is on the log already: nothing was written. Only a log that knows duplicates answers so. */
  | { readonly duplicate: true; readonly position: Position };

/** What a log can promise beyond order per partition. Named, so that callers say what they can't know. */
export interface EventLogCapabilities {
  /** Offsets of a partition have no gaps. */
  readonly gapless: boolean;
  /** A duplicate id is known before and at append. */
  readonly duplicatesKnown: boolean;
}

/**
 * The append-only log of events. An append answers with positions once the events are durable, or throws a
 * `KeytrailError` (`STORAGE.*`, `INGESTION.UNAVAILABLE`) within a bounded time, with nothing of it written.
 * Only ingestion appends. The log is never edited, but for clearing an encrypted part.
 */
export abstract class EventLog {
  abstract readonly capabilities: EventLogCapabilities;

  /** Appends all records in one transaction, in order; answers one by one in the same order. Idempotent by id. */
  abstract append(records: readonly LogRecord[]): Promise<readonly Appended[]>;

  /**
   * The stored records of these ids (the day tells where to look; near midnight the neighbour is looked up too).
   * Missing ids are left out. Throws where `duplicatesKnown` is false.
   */
  abstract find(keys: readonly Pick<LogRecord, 'id' | 'day'>[]): Promise<ReadonlyMap<string, StoredRecord>>;

  /**
   * Up to `limit` records from the given point on, of these partitions only where some are named: in offset order within a
   * partition. An empty answer means the end. A point of another epoch or beyond the end throws: that is an incident, never
   * a reset.
   */
  abstract read(from: LogPoint, limit: number, partitions?: readonly number[]): Promise<readonly StoredRecord[]>;

  /** The point after the last durable event. */
  abstract end(): Promise<LogPoint>;

  /** Calls `listener` after appends (of this process at once, of others within a second). Returns the way to stop. */
  abstract subscribe(listener: () => void): () => void;

  abstract close(): Promise<void>;
}
