import { randomUUID } from 'node:crypto';
import { OWN_PARTITION_HASH } from '../../domain/partition-hash.js';
import type { InterruptedDetails } from '../../domain/details.js';
import type { LogRecord } from '../../storage/event-log/event-log.port.js';
import type { NamedValue } from '../preparing/event-disclosures.js';
import type { RandomPool } from '../preparing/random-pool.js';
import type { SealedEntry } from '../preparing/sealed-entry.js';
import { ingestedDetails, type IngestedGroup } from './ingested-tally.js';
import { ownDay, ownEntry, selfEntry, type OwnActor, type OwnContext } from './own-entry.js';

/** The `trail.ingested` events of one group: what was read, recorded and rejected, and where every dead letter lies. */
export function ingestedEvents(
  group: IngestedGroup,
  duplicatesKnown: boolean,
  context: OwnContext & { readonly random: RandomPool },
): readonly LogRecord[] {
  const [first] = group.submissions;
  if (!first) return [];
  const parts = ingestedDetails(group, duplicatesKnown);
  return parts.map((details, index) => {
    const facts = {
      id: randomUUID(),
      action: 'trail.ingested',
      outcome: 'success' as const,
      occurredAt: context.recordedAt,
      source: { kind: group.kind, instance: group.instance, mapping: group.mapping },
      details,
      ...(parts.length > 1 && { part: [index + 1, parts.length] as const }),
    };
    const sealed = ownEntry(facts, groupFields(group), groupActor(group, first.actor), context);
    return logRecord(facts, sealed);
  });
}

/** `trail.interrupted`: what could not be recorded before, as far as this process knows. */
export function interruptedEvent(details: InterruptedDetails, context: OwnContext): LogRecord {
  const facts = {
    id: randomUUID(),
    action: 'trail.interrupted',
    outcome: 'failure' as const,
    reason: 'error' as const,
    occurredAt: details.from,
    details,
  };
  return logRecord(facts, selfEntry(facts, context));
}

export function logRecord(
  { id, occurredAt }: { readonly id: string; readonly occurredAt: string },
  { entry, encrypted }: SealedEntry,
): LogRecord {
  return {
    id,
    day: ownDay(occurredAt),
    partitionHash: OWN_PARTITION_HASH,
    entry: Buffer.from(entry),
    encrypted: Buffer.from(encrypted),
  };
}

/** File names and reasons may name people, so they go under the caller's key. */
function groupFields({ files, submissions }: IngestedGroup): readonly NamedValue[] {
  const reasons = new Set([...submissions].flatMap(({ supersedeReason }) => supersedeReason ?? []));
  const fields: NamedValue[] = [];
  if (files.length > 0) fields.push(['files', JSON.stringify(files)]);
  if (reasons.size > 0) fields.push(['text', [...reasons].join('\n')]);
  return fields;
}

/** Several requests of one caller have no address or request id in common. */
function groupActor({ submissions }: IngestedGroup, actor: OwnActor): OwnActor {
  if (submissions.size === 1) return actor;
  return { key: actor.key, caller: { principal: actor.caller.principal, requestId: '' } };
}
