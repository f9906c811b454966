import type { JsonObject } from './canonical-json.js';

/** `trail.ingested`: what one group commit recorded for one key, kind and instance. */
export interface IngestedDetails extends JsonObject {
  readonly read: number;
  readonly recorded: number;
  /** Left out where the log can't tell (Kafka). */
  readonly duplicates?: number;
  readonly conflicts: number;
  readonly ignored: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly deadLetters: readonly DeadLetterDetails[];
  /** Duplicates that a newer mapping would understand otherwise: `--supersede` would change them. */
  readonly wouldSupersede?: number;
  readonly superseded?: number;
}

/** One record that was not understood: where it is and why, never the record. */
export interface DeadLetterDetails extends JsonObject {
  readonly id: string;
  readonly reason: string;
  /** What was missing or wrong, by its path in the source's own rule; never text of the record. */
  readonly field?: string;
  /** Bytes of the record. */
  readonly length: number;
  /** HMAC-SHA-256 of the record's bytes under the installation's identity key, hexadecimal. */
  readonly hmac: string;
  readonly at: DeadLetterPlace;
}

/**
 * In a file: its number in the `files` disclosure, line (from 1) and byte offset; the item where a line or the whole file
 * wraps several. In a request: its id and item (from 0).
 */
export interface DeadLetterPlace extends JsonObject {
  readonly file?: number;
  readonly line?: number;
  readonly byteOffset?: number;
  readonly requestId?: string;
  readonly item?: number;
}

/** `trail.interrupted`: what could not be recorded before this commit. Times in RFC 3339. */
export interface InterruptedDetails extends JsonObject {
  readonly from: string;
  readonly to: string;
  /** Requests refused meanwhile; of a service that did not run nobody knows. */
  readonly refused: number;
  readonly cause: InterruptionCause;
}

/**
 * `down`: the service did not run. `storage`: nothing could be recorded, as a store did not take it. `bound`: more came than
 * may wait, or more new people than may come in an hour; the rest was recorded.
 */
export type InterruptionCause = 'down' | 'storage' | 'bound';

/** `trail.refused`: refusals of one reason from one address within one minute; the address is in the encrypted part. */
export interface RefusedDetails extends JsonObject {
  readonly code: string;
  readonly count: number;
  readonly minute: string;
}

/** `keytrail.dead_letters_closed`: their ids; why is free text and so in the encrypted part. */
export interface DeadLettersClosedDetails extends JsonObject {
  readonly ids: readonly string[];
}

/** `keytrail.queried`: a question asked. What in its filters may be a name stands in the encrypted part. */
export interface QueriedDetails extends JsonObject {
  /** Which question: `events`, `secret-timeline`, `keys`. */
  readonly query: string;
  /** Whether the answer shows clear names. */
  readonly identities: boolean;
  /** Of questions about the trail: all of them had to hold. */
  readonly filters?: readonly JsonObject[];
  /** The log point that the answer reflects. */
  readonly asOf?: string;
}

/** `keytrail.exported`: as a query, and what went out. */
export interface ExportedDetails extends QueriedDetails {
  readonly format: string;
  readonly events: number;
}

/** `keytrail.filter_saved` and `keytrail.filter_deleted`; what in the filter may be a name is left out. */
export interface SavedFilterDetails extends JsonObject {
  readonly id: string;
  readonly filter: JsonObject;
}

/** `keytrail.report_*`: which report of which part of the trail. */
export interface ReportRequestDetails extends JsonObject {
  readonly report: string;
  readonly kind: string;
  /** RFC 3339; `to` does not belong to the period. */
  readonly from: string;
  readonly to: string;
  /** Trail filters without a name that the trail does not hold in clear. */
  readonly filters: readonly JsonObject[];
  /** Whether it shows clear names. */
  readonly identities: boolean;
  /** The subject who asked for it. */
  readonly requestedBy: string;
}

/** `keytrail.report_completed`: what was made. Its position and hash bind the file to the log. */
export interface ReportCompletedDetails extends ReportRequestDetails {
  readonly asOf: string;
  readonly events: number;
  /** SHA-256 of the PDF, hexadecimal. */
  readonly sha256: string;
}
