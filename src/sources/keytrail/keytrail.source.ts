import { Ajv2020 } from 'ajv/dist/2020.js';
import type { MarkedText, Person, SourcedEvent, SourcedSecret } from '../../domain/sourced-event.js';
import { emailOf, PeopleList } from '../event-parts.js';
import { asArray } from '../json-record.js';
import { present } from '../present.js';
import { Source, type Understood } from '../source.port.js';
import type { CanonicalActor, CanonicalEvent, CanonicalPerson, CanonicalSecret } from './canonical-event.js';
import { CANONICAL_EVENT_SCHEMA } from './canonical-event.schema.js';
import { rejectionOf } from './rejection-of.js';

const isCanonical = new Ajv2020({ strict: true }).compile<CanonicalEvent>(CANONICAL_EVENT_SCHEMA);

/** Keytrail's own form: what applications send to `POST /v1/events`. */
export class KeytrailSource extends Source {
  override readonly kind = 'keytrail';
  override readonly mapping = 1;
  override readonly title = 'Keytrail: canonical events';
  override readonly wraps = false;

  override unwrap(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? asArray(value) : [value];
  }

  override understand(value: unknown): Understood {
    if (!isCanonical(value)) return rejectionOf(value, isCanonical.errors?.[0]);
    return { kind: 'events', events: [eventOf(value)] };
  }
}

function eventOf(event: CanonicalEvent): SourcedEvent {
  const { id, actor, client, secrets, action, outcome, ...rest } = event;
  const people = new PeopleList();
  const acting = actorOf(actor, people);
  return {
    ...rest,
    action,
    outcome,
    actor: acting,
    client: client ?? {},
    secrets: (secrets ?? []).map((secret) => secretOf(secret, people)),
    people: people.list,
    redactions: [],
    flags: [],
    ...present({ key: id, nativeId: id }),
  };
}

function actorOf(actor: CanonicalActor, people: PeopleList): SourcedEvent['actor'] {
  const { kind, roles, authentication, onBehalfOf } = actor;
  const proved = actor.authenticated ?? true;
  const acting = personOf(actor, kind, proved);
  const other = onBehalfOf && personOf(onBehalfOf, 'user', proved);
  return {
    kind,
    ...present({
      person: acting && people.add(acting),
      onBehalfOf: other && people.add(other),
      roles,
      authentication,
    }),
  };
}

/** Someone without an id is nobody in particular; a name alone still says who it was meant to be. */
function personOf(person: CanonicalPerson, otherwise: Person['kind'], authenticated: boolean): Person | undefined {
  const nativeId = person.id ?? person.email ?? person.name;
  if (nativeId === undefined) return undefined;
  const email = person.email ?? emailOf(person.name);
  return { kind: person.kind ?? otherwise, nativeId, ...present({ name: person.name, email }), authenticated };
}

function secretOf({ path, scope = '', ...secret }: CanonicalSecret, people: PeopleList): SourcedSecret {
  const pieces = typeof path === 'string' ? [path] : path;
  const marked: MarkedText = pieces.map((piece) =>
    typeof piece === 'string' ? piece : { person: people.add(namedIn(piece.person)) },
  );
  return { ...secret, scope, path: marked };
}

function namedIn(person: CanonicalPerson & { readonly id: string }): Person {
  return {
    kind: person.kind ?? 'user',
    nativeId: person.id,
    ...present({ name: person.name, email: person.email }),
    authenticated: true,
  };
}
