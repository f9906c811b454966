import type { DeadLetterDetails } from '../../domain/details.js';
import type { RejectionReason } from '../../sources/source.port.js';
import type { LogRecord } from '../../storage/event-log/event-log.port.js';

/** One event, ready for the log. */
export interface PreparedEvent extends LogRecord {
  /** What its id is made of, beside the delivery's kind: see `EventIdentity`. */
  readonly key: string;
  readonly n: number;
  readonly instance: string;
  /** Of the record's RFC 8785 form: tells two records under one id apart. Stored in the encrypted part only. */
  readonly nativeSha256: string;
  /** The same event as a correction of one that is stored. Only of a delivery that supersedes. */
  readonly superseding?: LogRecord;
}

/** What became of one record. `record`: which of the sender's it lies in, see `RecordPlace`. */
export type PreparedItem =
  | {
      readonly kind: 'events';
      readonly instance: string;
      readonly record: number;
      readonly events: readonly PreparedEvent[];
    }
  | { readonly kind: 'ignored'; readonly instance: string; readonly record: number; readonly reason: string }
  | {
      readonly kind: 'rejected';
      readonly instance: string;
      readonly record: number;
      readonly reason: RejectionReason;
      readonly deadLetter: DeadLetterDetails;
    };

/** A second attempt at a record that was not understood at the first one, and is now. */
export interface Retried {
  readonly record: number;
  /** The dead letter that the caller says is its. */
  readonly deadLetter: string;
  /** It is: the same record of the same source at the same place. */
  readonly same: boolean;
}

/** A delivery, read, understood, encrypted. Plain data that can cross threads. */
export interface PreparedDelivery {
  readonly kind: string;
  readonly tenant: string;
  /** What the delivery itself says or implies: where records are counted that were not understood. */
  readonly instance: string;
  /** The version of the mapping that understood it. */
  readonly mapping: number;
  readonly items: readonly PreparedItem[];
  readonly retried: readonly Retried[];
  /** The body as a whole could not be read; it is the one rejected item. */
  readonly unreadable: boolean;
  /** Names of the redaction rules that matched, with counts. */
  readonly redactions: Readonly<Record<string, number>>;
  /** What all entries and encrypted parts lie in. */
  readonly bytes: Uint8Array;
}
