import type { RecordableAction } from '../../domain/action.js';
import type { JsonObject } from '../../domain/canonical-json.js';
import type { Outcome, Reason } from '../../domain/outcome.js';
import type { ActorKind, Correlation, SourcedActor, SourcedClient } from '../../domain/sourced-event.js';

export interface CanonicalPerson {
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
  readonly kind?: ActorKind;
}

export interface NamedPerson extends CanonicalPerson {
  readonly id: string;
}

export interface CanonicalActor extends CanonicalPerson {
  readonly kind: ActorKind;
  readonly authenticated?: boolean;
  readonly roles?: readonly string[];
  readonly authentication?: NonNullable<SourcedActor['authentication']>;
  readonly onBehalfOf?: NamedPerson;
}

export type CanonicalPath = string | readonly (string | { readonly person: NamedPerson })[];

export interface CanonicalSecret {
  readonly store: string;
  readonly scope?: string;
  readonly path: CanonicalPath;
  readonly version?: string;
  readonly previousVersion?: string;
  readonly reach?: 'item' | 'collection';
  readonly valueReturned?: boolean;
}

/** What `CANONICAL_EVENT_SCHEMA` describes. */
export interface CanonicalEvent {
  readonly id?: string;
  readonly action: RecordableAction;
  readonly outcome: Outcome;
  readonly reason?: Reason;
  readonly occurredAt?: string;
  readonly instance?: string;
  readonly environment?: string;
  readonly nativeAction?: string;
  readonly actor: CanonicalActor;
  readonly client?: SourcedClient;
  readonly secrets?: readonly CanonicalSecret[];
  readonly purpose?: string;
  readonly origin?: 'manual' | 'automatic';
  readonly correlation?: Omit<Correlation, 'supersedes'>;
  readonly details?: JsonObject;
}
