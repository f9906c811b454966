import type { DisclosureName } from '../../domain/encrypted-part.js';
import type { Person, SourcedEvent } from '../../domain/sourced-event.js';
import type { SubjectKey } from '../../privacy/subject-keys.port.js';

export type NamedValue = readonly [name: DisclosureName, value: string];
/** Personal fields by the key that they go under. */
export type DisclosuresByKey = ReadonlyMap<SubjectKey, readonly NamedValue[]>;

/** The keys of one event. */
export interface ResolvedKeys {
  readonly people: readonly SubjectKey[];
  readonly actor: SubjectKey;
}

const CLIENT_FIELDS = ['credentialId', 'sessionName', 'address', 'userAgent', 'text'] as const;

/** Which personal field goes under whose key. */
export function eventDisclosures(event: SourcedEvent, keys: ResolvedKeys, nativeSha256: string): DisclosuresByKey {
  const byKey = new Map<SubjectKey, NamedValue[]>();
  const own: NamedValue[] = [];
  byKey.set(keys.actor, own);
  for (const name of CLIENT_FIELDS) {
    const value = event.client[name];
    if (value !== undefined && value !== '') own.push([name, value]);
  }
  own.push(['native.sha256', nativeSha256]);
  const marked = markedPeople(event);
  for (const [index, person] of event.people.entries()) {
    const key = keys.people[index] ?? keys.actor;
    const place = byKey.get(key) ?? [];
    byKey.set(key, place);
    for (const owner of rolesOf(index, event, marked)) disclosePerson(place, owner, person);
  }
  return byKey;
}

function disclosePerson(place: NamedValue[], owner: 'actor' | 'onBehalfOf' | 'person', person: Person): void {
  if (person.nativeId !== '') place.push([`${owner}.nativeId`, person.nativeId]);
  if (person.name !== undefined) place.push([`${owner}.name`, person.name]);
  if (person.email !== undefined) place.push([`${owner}.email`, person.email]);
}

/** Someone may be the actor and named in a path as well: a reader looks for both. */
function rolesOf(
  index: number,
  { actor }: SourcedEvent,
  marked: ReadonlySet<number>,
): readonly ('actor' | 'onBehalfOf' | 'person')[] {
  const roles: ('actor' | 'onBehalfOf' | 'person')[] = [];
  if (actor.person === index) roles.push('actor');
  if (actor.onBehalfOf === index) roles.push('onBehalfOf');
  if (roles.length === 0 || marked.has(index)) roles.push('person');
  return roles;
}

const NOBODY: ReadonlySet<number> = new Set();

function markedPeople({ people, secrets }: SourcedEvent): ReadonlySet<number> {
  if (people.length === 0) return NOBODY;
  let marked: Set<number> | undefined;
  for (const { path } of secrets)
    for (const piece of path) if (typeof piece !== 'string') (marked ??= new Set()).add(piece.person);
  return marked ?? NOBODY;
}
