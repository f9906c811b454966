import type { RecordableAction } from '../../domain/action.js';
import type { Outcome, Reason } from '../../domain/outcome.js';
import type { ActorKind } from '../../domain/sourced-event.js';

/** Canonical fields that a format can fill from its records. */
export const GENERIC_FIELDS = [
  'occurredAt',
  'id',
  'instance',
  'environment',
  'nativeAction',
  'actorId',
  'actorName',
  'actorEmail',
  'actorKind',
  'onBehalfOf',
  'role',
  'credentialId',
  'sessionName',
  'address',
  'userAgent',
  'secret',
  'scope',
  'version',
  'previousVersion',
  'requestId',
  'sessionId',
  'traceId',
  'changeId',
  'outcome',
  'reason',
  'origin',
] as const;
export type GenericField = (typeof GENERIC_FIELDS)[number];

/** Where a field stands: `user.id` or `/user/id`. Of several places the first that holds something counts. */
export type FieldPlaces = string | readonly string[];

/** What a record must hold for a rule: field -> one of these values, compared without case, `-`, `.` and blanks. */
export type Conditions = Readonly<Record<string, string | readonly string[]>>;

export interface ActionRule {
  /** All of it must hold; empty = every record. */
  readonly when: Conditions;
  readonly action: RecordableAction;
  /** Where the kind of event itself says how it ended. */
  readonly outcome?: Outcome;
  readonly origin?: 'manual' | 'automatic';
}

/** How records of one form are understood: data, so that operators can add their own. */
export interface GenericFormat {
  /** The name in `/v1/sources/{kind}/records`. */
  readonly kind: string;
  readonly title: string;
  /** Raised by the operator with every change that would change an entry. */
  readonly mapping: number;
  /** What keeps the secrets, the first part of their uids; the kind unless told. */
  readonly store?: string;
  readonly fields: Readonly<Partial<Record<GenericField, FieldPlaces>>>;
  /** The first rule that fits. A record that fits none is `other` and flagged. */
  readonly actions: readonly ActionRule[];
  readonly outcomes: Readonly<Partial<Record<Outcome, readonly string[]>>>;
  readonly reasons: Readonly<Partial<Record<Reason, readonly string[]>>>;
  readonly origins: Readonly<Partial<Record<'manual' | 'automatic', readonly string[]>>>;
  readonly defaults: {
    readonly actorKind?: ActorKind;
    readonly environment?: string;
    readonly scope?: string;
    readonly outcome?: Outcome;
  };
}
