import type { RecordableAction } from './action.js';
import type { JsonObject } from './canonical-json.js';
import type { Outcome, Reason } from './outcome.js';

export const ACTOR_KINDS = ['user', 'service', 'workload', 'store', 'unknown'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Someone a record names. Everything here is personal data, and none of it reaches the entry in clear. */
export interface Person {
  readonly kind: ActorKind;
  /** The store's own stable identifier; two records with one (kind, instance, nativeId) speak of one subject. */
  readonly nativeId: string;
  readonly name?: string;
  readonly email?: string;
  /** False for a name that was claimed but not proved (a failed login): it never creates a subject. */
  readonly authenticated: boolean;
}

/**
 * A text in which a named person's place is marked: literal pieces and indexes into `SourcedEvent.people`.
 * Ingestion puts the person's subject there; the name goes under that person's key.
 */
export type MarkedText = readonly (string | { readonly person: number })[];

export interface SourcedSecret {
  /** Store kind of the uid: `vault`, `aws-secretsmanager`, `aws-ssm`, `aws-kms`, or as the mapping says. */
  readonly store: string;
  /** Namespace or region; empty where the store has none. */
  readonly scope: string;
  readonly path: MarkedText;
  /** The instance that holds the secret where it is not the event's: a secret of another account. Part of the uid. */
  readonly instance?: string;
  /** Another path by which this record proves that the same secret is known: an AWS name with its ARN's suffix. */
  readonly alias?: MarkedText;
  readonly version?: string;
  readonly previousVersion?: string;
  readonly reach?: 'item' | 'collection';
  readonly valueReturned?: boolean;
}

export interface SourcedActor {
  readonly kind: ActorKind;
  /** Index into `people`; absent when the record names nobody. */
  readonly person?: number;
  /** Index into `people`: on whose behalf the actor acted. */
  readonly onBehalfOf?: number;
  readonly roles?: readonly string[];
  readonly authentication?: { readonly method?: string; readonly assurance?: string };
}

/** Personal fields of the act itself; they go under the actor's key. */
export interface SourcedClient {
  readonly credentialId?: string;
  readonly sessionName?: string;
  /** As the record has it: an IP address, a host name, "AWS Internal". */
  readonly address?: string;
  readonly userAgent?: string;
  readonly text?: string;
}

export interface Correlation {
  readonly requestId?: string;
  readonly sessionId?: string;
  readonly traceId?: string;
  readonly changeId?: string;
  /** The event that this one corrects. Set by ingestion only. */
  readonly supersedes?: string;
  /** Native correlation values of what caused it, such as a KMS decrypt's secret ARN; never an event id. */
  readonly derivedFrom?: readonly string[];
}

export interface Redaction {
  /** The source's own rule path (`request.data`), never a key found in the record. */
  readonly path: string;
  readonly count: number;
}

/** One audit event as a source understood it: typed, closed, personal data still in clear, in memory only. */
export interface SourcedEvent {
  readonly action: RecordableAction;
  readonly outcome: Outcome;
  readonly reason?: Reason;
  /** RFC 3339 with the source's own digits; absent where the record has no readable time. */
  readonly occurredAt?: string;
  readonly phase?: 'request' | 'response';
  /** What the record itself says or implies (AWS: recipientAccountId); checked against the key's allow-list. */
  readonly instance?: string;
  readonly environment?: string;
  /** The native unique key, stable over replays and devices; absent where the store has none. */
  readonly key?: string;
  readonly nativeId?: string;
  readonly nativeAction?: string;
  readonly actor: SourcedActor;
  readonly people: readonly Person[];
  readonly client: SourcedClient;
  readonly secrets: readonly SourcedSecret[];
  readonly purpose?: string;
  readonly origin?: 'manual' | 'automatic';
  readonly correlation?: Correlation;
  /** Closed per action; see `details.ts`. */
  readonly details?: JsonObject;
  readonly redactions: readonly Redaction[];
  readonly flags: readonly string[];
}
