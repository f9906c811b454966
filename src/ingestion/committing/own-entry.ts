import { canonicalJson } from '../../domain/canonical-json.js';
import type { Caller } from '../../domain/caller.js';
import type { Entry, EntrySource } from '../../domain/entry.js';
import type { ActorKind } from '../../domain/sourced-event.js';
import { NO_KEY_ID, type Principal } from '../../domain/principal.js';
import { utcDate, utcDay, utcQuarter } from '../../domain/timestamp.js';
import type { SubjectKey, SubjectRequest } from '../../privacy/subject-keys.port.js';
import type { DisclosuresByKey, NamedValue } from '../preparing/event-disclosures.js';
import type { RandomPool } from '../preparing/random-pool.js';
import { sealEntry, type SealedEntry } from '../preparing/sealed-entry.js';
import { OwnTexts } from './own-texts.js';
import { cutText } from '../../domain/hostile-text.js';

/** Where Keytrail's own events come from. */
export const OWN_SOURCE: EntrySource = { kind: 'keytrail', instance: 'default', mapping: 1 };

/** What an own event says, beside who did it. */
export type OwnFacts = Pick<Entry, 'id' | 'action' | 'outcome'> &
  Pick<Partial<Entry>, 'reason' | 'details' | 'part' | 'source'> & {
    /** RFC 3339; also chooses the data key. */
    readonly occurredAt: string;
  };

export interface OwnContext {
  readonly tenant: string;
  readonly environment: string;
  readonly recordedAt: string;
}

/** Who did it, with the key that their personal fields go under. */
export interface OwnActor {
  readonly caller: Caller;
  readonly key: SubjectKey;
}

/** Somebody whom the act is about, with the key that their name goes under. */
export interface NamedPerson {
  readonly key: SubjectKey;
  readonly name: string;
}

const TEXT_LIMIT = 1024;

/** Whose key the caller's fields go under at a time: their own, or the day's where nobody has proved to be anyone. */
export function callerKeyRequest({ keyId, actorKind, name }: Principal, occurredAt: string): SubjectRequest {
  const milliseconds = Date.parse(occurredAt);
  if (keyId === NO_KEY_ID) return { of: 'day', date: utcDate(milliseconds) };
  return holderKeyRequest(actorKind, name === '' ? keyId : name, occurredAt);
}

/** The key of whoever holds API keys under a name. */
export function holderKeyRequest(kind: ActorKind, nativeId: string, occurredAt: string): SubjectRequest {
  const { kind: sourceKind, instance } = OWN_SOURCE;
  return { of: 'subject', kind, sourceKind, instance, nativeId, quarter: utcQuarter(Date.parse(occurredAt)) };
}

/** The entry of one of Keytrail's own acts, and its encrypted part. */
export function ownEntry(
  facts: OwnFacts,
  personal: readonly NamedValue[],
  actor: OwnActor,
  { random, person, tenant, environment, recordedAt }: OwnContext & { random: RandomPool; person?: NamedPerson },
): SealedEntry {
  const { caller, key } = actor;
  const { principal, requestId, traceId } = caller;
  const proved = principal.keyId !== NO_KEY_ID;
  const texts = new OwnTexts();
  const fields = [...callerFields(caller, proved), ...personal].map((field) => texts.field(field));
  const details = facts.details && texts.details(facts.details);
  const named = person && { key: person.key, name: texts.field(['person.name', person.name])[1] };
  const { redactions } = texts;
  const entry = {
    ...facts,
    ...(details && { details }),
    ...(redactions.length > 0 && { redactions }),
    v: 1 as const,
    tenant,
    environment,
    recordedAt,
    source: facts.source ?? OWN_SOURCE,
    actor: proved
      ? {
          kind: principal.actorKind,
          ...(key.subject !== undefined && { subject: key.subject }),
          roles: [principal.role],
        }
      : { kind: 'unknown' as const },
    ...(requestId !== '' && { correlation: { requestId, ...(traceId !== undefined && { traceId }) } }),
  };
  return sealEntry(entry, byKey(key, fields, named), random);
}

function byKey(key: SubjectKey, fields: readonly NamedValue[], person: NamedPerson | undefined): DisclosuresByKey {
  if (!person) return new Map([[key, fields]]);
  const named: readonly NamedValue[] = [
    ['person.nativeId', person.name],
    ['person.name', person.name],
  ];
  if (person.key.keyId === key.keyId) return new Map([[key, [...fields, ...named]]]);
  return new Map([
    [key, fields],
    [person.key, named],
  ]);
}

/** An event of Keytrail itself: nobody asked for it, and nothing in it is personal. */
export function selfEntry(facts: OwnFacts, { tenant, environment, recordedAt }: OwnContext): SealedEntry {
  const place = { tenant, environment, recordedAt };
  const entry: Entry = { ...facts, v: 1, ...place, source: OWN_SOURCE, actor: { kind: 'service' }, digests: [] };
  return { entry: canonicalJson(entry), encrypted: '[]' };
}

function callerFields({ principal, address, userAgent }: Caller, proved: boolean): readonly NamedValue[] {
  const fields: NamedValue[] = [];
  if (proved) {
    if (principal.name !== '') fields.push(['actor.nativeId', principal.name], ['actor.name', principal.name]);
    fields.push(['credentialId', principal.keyId]);
  }
  if (address !== undefined) fields.push(['address', cutText(address, TEXT_LIMIT)]);
  if (userAgent !== undefined) fields.push(['userAgent', cutText(userAgent, TEXT_LIMIT)]);
  return fields;
}

/** The day under which an own event's id is looked for. */
export function ownDay(occurredAt: string): number {
  return utcDay(Date.parse(occurredAt));
}
