import type { RejectionReason } from '../../sources/source.port.js';

/** Where a record lies in the body. */
export interface RecordPlace {
  /** From 0, over all records of the body. */
  readonly item: number;
  /** Which record of the sender's it lies in, from 0: in NDJSON a line, which may wrap several; else the item itself. */
  readonly record: number;
  /** Its number within a line that wraps several records. */
  readonly wrapped?: number;
  /** From 1. */
  readonly line: number;
  /** From 0, of the line. */
  readonly byteOffset: number;
}

/** A record that can be given to its source. */
export interface ReadableRecord {
  readonly value: object;
  /** Its RFC 8785 form, hostile text replaced. */
  readonly canonical: string;
  /** What had to be replaced. */
  readonly flags: readonly string[];
}

export interface FaultyRecord {
  readonly fault: RejectionReason;
  /** What its keyed hash is taken of: the canonical form if there is one, else the bytes as they came. */
  readonly evidence: string | Uint8Array;
}

/** One native record, read but not yet understood. */
export interface NativeRecord {
  readonly place: RecordPlace;
  readonly content: ReadableRecord | FaultyRecord;
  /** The line, or the whole body, that it stands in, as it came. */
  readonly bytes: Uint8Array;
  /** The whole body is this record: it is one JSON object, and no batch. */
  readonly alone: boolean;
  /** The record stands for a whole body that could not be read. */
  readonly unreadableBody: boolean;
}
