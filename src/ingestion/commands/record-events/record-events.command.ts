import { Command } from '@nestjs/cqrs';
import type { OwnAction } from '../../../domain/action.js';
import type { Caller } from '../../../domain/caller.js';
import type { JsonObject } from '../../../domain/canonical-json.js';
import type { Outcome, Reason } from '../../../domain/outcome.js';
import type { LogPoint, Position } from '../../../domain/position.js';
import type { RejectionReason } from '../../../sources/source.port.js';

/** Native records as they arrived, decompressed: a JSON value, a JSON array, NDJSON or the store's own wrapping. */
export interface NativeDelivery {
  readonly form: 'native';
  /** The source's kind; `keytrail` for canonical events. */
  readonly kind: string;
  readonly body: Uint8Array;
  /** `json` = one JSON text; `ndjson` = one JSON text a line. */
  readonly format: 'json' | 'ndjson';
  /** The body could not be decompressed: its bytes become one dead letter, whatever they look like. */
  readonly broken?: true;
  readonly instance?: string;
  readonly environment?: string;
  /** Makes a single record without a native key the same event at every retry. */
  readonly idempotencyKey?: string;
  /** Where the records lie, when they come from a file. */
  readonly file?: FilePart;
  readonly supersede?: { readonly reason: string };
}

/** A piece of a file. Occurrence numbers are counted over the whole file, so that replaying it adds nothing. */
export interface FilePart {
  readonly name: string;
  /** Of the piece's first record: line from 1, byte offset from 0 (in the decompressed file). */
  readonly firstLine: number;
  readonly firstByte: number;
  /**
   * From each record to the next: how many lines and bytes further on it begins. Absent where the body is the file's own
   * bytes, so that both follow from the body.
   */
  readonly steps?: readonly (readonly [lines: number, bytes: number])[];
  /** For records whose equal stood earlier in the file: [record number in this piece from 0, how many stood before]. */
  readonly repeated: readonly (readonly [record: number, before: number])[];
  /** For records that stand as `null` in the body, being too long for it: [record number, bytes]. They are rejected. */
  readonly tooLong?: readonly (readonly [record: number, bytes: number])[];
  /** Dead letters that the records are second attempts for, by record: closed where it is the very record, understood now. */
  readonly retries?: readonly string[];
}

/** An act of Keytrail's own. The actor is the caller; `personal` goes under the caller's key unless told. */
export interface OwnEvent {
  /** Given by an outbox so that the append is idempotent; else random. */
  readonly id?: string;
  readonly action: OwnAction | 'trail.refused';
  readonly outcome: Outcome;
  readonly reason?: Reason;
  /** RFC 3339; default now. */
  readonly occurredAt?: string;
  /** Who did it, where that is not who hands it over; so that acts of many can be recorded at once. */
  readonly caller?: Caller;
  /** Closed per action, no personal data, no secret. */
  readonly details?: JsonObject;
  readonly personal?: {
    /** The filter's names, addresses and texts, as JSON. */
    readonly filter?: string;
    readonly text?: string;
    /** Somebody whom the act is about, as keys name their holders. It goes under that person's own key. */
    readonly person?: { readonly actorKind: 'user' | 'service'; readonly name: string };
  };
}

export interface OwnDelivery {
  readonly form: 'own';
  readonly events: readonly OwnEvent[];
}

export type ItemResult = Told & {
  /** Of a second attempt that was understood: its dead letter stays open where it is another record's. */
  readonly retried?: { readonly deadLetter: string; readonly closed: boolean };
};

type Told =
  | {
      readonly status: 'recorded' | 'superseded';
      readonly ids: readonly string[];
      readonly positions: readonly Position[];
    }
  | {
      readonly status: 'duplicate';
      readonly ids: readonly string[];
      readonly positions: readonly Position[];
      /** A newer mapping would understand it otherwise. */
      readonly wouldSupersede?: boolean;
    }
  | { readonly status: 'conflict'; readonly ids: readonly string[]; readonly positions: readonly Position[] }
  | { readonly status: 'ignored'; readonly reason: string }
  | {
      readonly status: 'rejected';
      readonly reason: RejectionReason;
      /** What was missing or wrong, by its path in the source's own rule. */
      readonly field?: string;
      readonly deadLetter: string;
    };

export interface RecordEventsResult {
  /** The log holds everything of this request below it. */
  readonly asOf: LogPoint;
  /** One for each record, in order. */
  readonly items: readonly ItemResult[];
  readonly read: number;
  readonly recorded: number;
  /** Left out where the log can't tell. */
  readonly duplicates?: number;
  readonly conflicts: number;
  readonly ignored: number;
  readonly rejected: number;
}

/**
 * The only way to write to the log. It answers when everything is durable, or throws within a bounded time with nothing
 * of it written (`INGESTION.*`, `STORAGE.*`, `PRIVACY.*`).
 */
export class RecordEventsCommand extends Command<RecordEventsResult> {
  constructor(
    readonly delivery: NativeDelivery | OwnDelivery,
    readonly caller: Caller,
  ) {
    super();
  }
}
