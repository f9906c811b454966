import type { DisclosureName } from '../../domain/encrypted-part.js';
import type { MarkedText, Person, SourcedEvent, SourcedSecret } from '../../domain/sourced-event.js';
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

/**
 * Which personal field goes under whose key. Of an event that is written in parts, each holds the actor's fields and
 * those of the people whom its own `secrets` name.
 */
export function eventDisclosures(
  event: SourcedEvent,
  keys: ResolvedKeys,
  nativeSha256: string,
  secrets: readonly SourcedSecret[] = event.secrets,
): DisclosuresByKey {
  const byKey = new Map<SubjectKey, NamedValue[]>([[keys.actor, ownFields(event, nativeSha256)]]);
  const marked = markedPeople(event.people, secrets);
  const elsewhere = secrets === event.secrets ? NOBODY : markedPeople(event.people, event.secrets);
  for (const [index, person] of event.people.entries()) {
    const owners = ownersOf(index, event, { marked, elsewhere });
    if (owners.length === 0) continue;
    const key = keys.people[index] ?? keys.actor;
    const place = byKey.get(key) ?? [];
    byKey.set(key, place);
    for (const owner of owners) disclosePerson(place, owner, person);
  }
  return byKey;
}

function ownFields({ client }: SourcedEvent, nativeSha256: string): NamedValue[] {
  const own: NamedValue[] = [];
  for (const name of CLIENT_FIELDS) {
    const value = client[name];
    if (value !== undefined && value !== '') own.push([name, value]);
  }
  own.push(['native.sha256', nativeSha256]);
  return own;
}

function disclosePerson(place: NamedValue[], owner: Owner, person: Person): void {
  if (person.nativeId !== '') place.push([`${owner}.nativeId`, person.nativeId]);
  if (person.name !== undefined) place.push([`${owner}.name`, person.name]);
  if (person.email !== undefined) place.push([`${owner}.email`, person.email]);
}

type Owner = 'actor' | 'onBehalfOf' | 'person';

/** Someone may be the actor and named in a path as well: a reader looks for both. */
function ownersOf(
  index: number,
  { actor }: SourcedEvent,
  { marked, elsewhere }: Readonly<Record<'marked' | 'elsewhere', ReadonlySet<number>>>,
): readonly Owner[] {
  const owners: Owner[] = [];
  if (actor.person === index) owners.push('actor');
  if (actor.onBehalfOf === index) owners.push('onBehalfOf');
  if (marked.has(index) || (owners.length === 0 && !elsewhere.has(index))) owners.push('person');
  return owners;
}

const NOBODY: ReadonlySet<number> = new Set();

function markedPeople(people: readonly Person[], secrets: readonly SourcedSecret[]): ReadonlySet<number> {
  if (people.length === 0) return NOBODY;
  const marked = new Set<number>();
  for (const { path, alias } of secrets) {
    addMarked(path, marked);
    if (alias) addMarked(alias, marked);
  }
  return marked;
}

function addMarked(text: MarkedText, marked: Set<number>): void {
  for (const piece of text) if (typeof piece !== 'string') marked.add(piece.person);
}
