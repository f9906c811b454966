import type { ErrorCode } from '../../domain/errors.js';
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
  /** What lies at this position is no event: there is nothing else to it. It must not be passed over. */
  readonly fault?: ErrorCode;
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
  /** All records of an append are written, or none. Where that is not so, an append may throw `PartlyAppended`. */
  readonly atomicAppend: boolean;
}

/**
 * The append-only log of events. An append answers with positions once the events are durable, or throws a
 * `KeytrailError` (`STORAGE.*`, `INGESTION.*`) within a bounded time, with nothing of it written unless it is a
 * `PartlyAppended`. Only ingestion appends. The log is never edited, but for clearing an encrypted part.
 */
export abstract class EventLog {
  abstract readonly capabilities: EventLogCapabilities;

  /**
   * Appends all records, those of one partition hash in order; answers one by one in the same order. In one transaction
   * where appends are atomic, idempotent by id where duplicates are known: there an id is written once.
   */
  abstract append(records: readonly LogRecord[]): Promise<readonly Appended[]>;

  /**
   * The stored records of these ids (the day tells where to look; near midnight the neighbour is looked up too).
   * Missing ids are left out. Throws where `duplicatesKnown` is false.
   */
  abstract find(keys: readonly Pick<LogRecord, 'id' | 'day'>[]): Promise<ReadonlyMap<string, StoredRecord>>;

  /**
   * Up to `limit` records from the given point on: in offset order within a partition. An empty answer means the end.
   * A point of another epoch, beyond the end or before the beginning throws: that is an incident, never a reset.
   * @param partitions the only ones to read; default all
   */
  abstract read(from: LogPoint, limit: number, partitions?: readonly number[]): Promise<readonly StoredRecord[]>;

  /** The point after the last durable event. */
  abstract end(): Promise<LogPoint>;

  /** Calls `listener` after appends (of this process at once, of others within a second). Returns the way to stop. */
  abstract subscribe(listener: () => void): () => void;

  abstract close(): Promise<void>;
}
