import type { SourcedEvent } from '../domain/sourced-event.js';

/** What a source made of one native record. */
export type Understood =
  | { readonly kind: 'events'; readonly events: readonly SourcedEvent[] }
  /** Nothing to do with secrets, keys or access to them; counted by this reason. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** Not understood: answered, and kept as a dead letter that never holds the record itself. */
  | Rejection;

export interface Rejection {
  readonly kind: 'rejected';
  readonly reason: RejectionReason;
  /** What was missing or wrong, by its path in the source's own rule: `request`, `secrets[].path`; never text of the record. */
  readonly field?: string;
}

export const REJECTION_REASONS = [
  'not_json',
  'not_an_object',
  'too_deep',
  'too_long',
  'duplicate_key',
  'wrong_shape',
  'missing_field',
  'wrong_type',
  'unknown_action',
  'unknown_field',
  'reserved_action',
  'instance_not_allowed',
  'environment_not_allowed',
  'action_not_allowed',
  'too_large',
  'source_failed',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** A record that a wrapping holds as JSON text: it is read as carefully as the wrapping itself was. */
export class RecordText {
  constructor(readonly text: string) {}
}

/**
 * How one store's record is understood: a pure function from one native record to zero or more audit events, or a
 * rejection with a reason. It copies fields by name and drops everything else; it never sees two records at once.
 */
export abstract class Source {
  /** `vault`, `aws-cloudtrail`: the name in `/v1/sources/{kind}/records`. */
  abstract readonly kind: string;
  /** Raised by every change of the mapping that would change an entry. */
  abstract readonly mapping: number;
  /** One line for people. */
  abstract readonly title: string;
  /** False where one object is always one record: then records can be counted without being parsed. */
  readonly wraps: boolean = true;
  /**
   * Undoes the store's own wrapping (`{"Records": [...]}`, EventBridge `detail`); a record without wrapping is itself, one
   * that lies there as text a `RecordText`.
   */
  abstract unwrap(value: unknown): readonly unknown[];
  /** Understands one unwrapped record; the value is parsed JSON of bounded depth, with hostile text replaced. */
  abstract understand(record: unknown): Understood;
}
