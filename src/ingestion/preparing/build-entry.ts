import type { EntryActor, EntrySecret } from '../../domain/entry.js';
import { partitionHash } from '../../domain/partition-hash.js';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import { entrySecret, namesPeople, partitionUid, PERSON_PLACE } from './entry-secrets.js';
import type { ResolvedKeys } from './event-disclosures.js';
import type { KeptEvent } from './kept-event.js';
import type { KeyedHash } from './keyed-hash.js';
import type { UnsealedEntry } from './sealed-entry.js';

export interface EntryContext {
  readonly tenant: string;
  readonly kind: string;
  readonly mapping: number;
  /** RFC 3339. */
  readonly recordedAt: string;
  readonly keyedHash: KeyedHash;
}

/** An entry without what is decided later: its id, which secrets stand in it, its digests. */
export interface BuiltEntry {
  readonly entry: Omit<UnsealedEntry, 'id' | 'secrets'>;
  readonly secrets: readonly EntrySecret[];
  readonly partitionHash: number;
}

export function buildEntry(kept: KeptEvent, keys: ResolvedKeys, context: EntryContext): BuiltEntry {
  const { event, place, time } = kept;
  const { secrets, cut } = entrySecrets(kept, keys, context);
  const flags = allFlags(event.flags, time.flags, cut);
  return {
    entry: {
      v: 1,
      ...(event.phase && { phase: event.phase }),
      tenant: context.tenant,
      environment: place.environment,
      action: event.action,
      outcome: event.outcome,
      ...(event.reason && { reason: event.reason }),
      ...(time.occurredAt !== undefined && { occurredAt: time.occurredAt }),
      recordedAt: context.recordedAt,
      source: {
        kind: context.kind,
        instance: place.instance,
        ...(event.nativeId !== undefined && { nativeId: event.nativeId }),
        ...(event.nativeAction !== undefined && { nativeAction: event.nativeAction }),
        mapping: context.mapping,
      },
      actor: entryActor(event, keys),
      ...optionalParts(event),
      ...(flags.length > 0 && { flags }),
    },
    secrets,
    partitionHash: partitionHash(partitionKey(kept, secrets, context)),
  };
}

function optionalParts({ purpose, origin, correlation, details, redactions }: SourcedEvent): Partial<UnsealedEntry> {
  return {
    ...(purpose !== undefined && { purpose }),
    ...(origin && { origin }),
    ...(correlation && Object.keys(correlation).length > 0 && { correlation }),
    ...(details && { details }),
    ...(redactions.length > 0 && { redactions }),
  };
}

function entryActor({ actor }: SourcedEvent, keys: ResolvedKeys): EntryActor {
  const subject = actor.person === undefined ? undefined : keys.people[actor.person]?.subject;
  const onBehalfOf = actor.onBehalfOf === undefined ? undefined : keys.people[actor.onBehalfOf]?.subject;
  const { kind, roles, authentication } = actor;
  return {
    kind,
    ...(subject !== undefined && { subject }),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    ...(roles && { roles }),
    ...(authentication && { authentication }),
  };
}

function entrySecrets(
  { event, place }: KeptEvent,
  keys: ResolvedKeys,
  { keyedHash }: EntryContext,
): { readonly secrets: readonly EntrySecret[]; readonly cut: boolean } {
  let cut = false;
  const secrets = event.secrets.map((secret) => {
    const written = entrySecret(secret, {
      instance: place.instance,
      placeOf: (person) => keys.people[person]?.subject ?? PERSON_PLACE,
      keyedHash: (text) => keyedHash.of('secret-uid', text),
    });
    cut ||= written.cut;
    return written.secret;
  });
  return { secrets, cut };
}

/** Taken from the record alone: no subject, no alias. */
function partitionKey(
  { event, place }: KeptEvent,
  secrets: readonly EntrySecret[],
  { kind, keyedHash }: EntryContext,
): string {
  const first = event.secrets[0];
  if (first && !namesPeople(first)) return secrets[0]?.uid ?? '';
  if (first)
    return partitionUid(first, { instance: place.instance, keyedHash: (text) => keyedHash.of('secret-uid', text) });
  const actor = event.actor.person === undefined ? undefined : event.people[event.actor.person];
  return actor ? keyedHash.of('actor', actor.nativeId) : `${kind}:${place.instance}`;
}

function allFlags(fromEvent: readonly string[], fromTime: readonly string[], pathCut: boolean): readonly string[] {
  if (fromEvent.length + fromTime.length === 0 && !pathCut) return [];
  return [...new Set([...fromEvent, ...fromTime, ...(pathCut ? ['path_cut'] : [])])].sort();
}
