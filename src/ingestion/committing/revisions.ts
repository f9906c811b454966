import type { EncryptedPart } from '../../domain/encrypted-part.js';
import { readEntry, type Entry } from '../../domain/entry.js';
import type { SubjectKey, SubjectKeys } from '../../privacy/subject-keys.port.js';
import type { EventLog, LogRecord, StoredRecord } from '../../storage/event-log/event-log.port.js';
import type { PreparedDelivery, PreparedEvent } from '../preparing/prepared-delivery.js';
import { differsInClear, personalFields } from './compare-entries.js';
import type { Revision } from './plan-commit.js';
import { laterIds } from './reading-ids.js';
import type { Submission } from './submission.js';

/** An event whose stored reading is by an older mapping. */
interface Outdated {
  readonly event: PreparedEvent;
  readonly stored: StoredRecord;
  /** Ids that later readings of it have, the newest mapping's first. */
  readonly laterIds: readonly string[];
}

/** Compares stored events with what a newer mapping makes of the same records. Rare: only after a mapping has changed. */
export async function findRevisions(
  submissions: readonly Submission[],
  stored: ReadonlyMap<string, StoredRecord>,
  { log, subjectKeys }: { readonly log: EventLog; readonly subjectKeys: SubjectKeys },
): Promise<ReadonlyMap<string, Revision>> {
  const outdated = submissions.flatMap((submission) =>
    submission.form === 'native' ? outdatedIn(submission.delivery, stored) : [],
  );
  if (outdated.length === 0) return new Map();
  const later = await log.find(outdated.flatMap(({ laterIds, event: { day } }) => laterIds.map((id) => ({ id, day }))));
  const pairs = outdated.map(({ event, stored: first, laterIds }) => {
    const newestId = laterIds.find((id) => later.has(id));
    return { event, newest: (newestId === undefined ? undefined : later.get(newestId)) ?? first };
  });
  const keys = await openKeys(
    pairs.flatMap(({ event, newest }) => [event, newest]),
    subjectKeys,
  );
  return new Map(pairs.map(({ event, newest }) => [event.id, { newest, differs: differs(newest, event, keys) }]));
}

function outdatedIn(delivery: PreparedDelivery, stored: ReadonlyMap<string, StoredRecord>): readonly Outdated[] {
  const found: Outdated[] = [];
  for (const item of delivery.items) {
    if (item.kind !== 'events') continue;
    for (const event of item.events) {
      const known = stored.get(event.id);
      if (!known) continue;
      const mapping = readEntry(known.entry).source.mapping;
      if (mapping !== delivery.mapping)
        found.push({ event, stored: known, laterIds: laterIds(event, delivery, mapping) });
    }
  }
  return found;
}

/** An older mapping than the stored one corrects nothing: a service was set back. */
function differs(
  newest: StoredRecord,
  event: PreparedEvent,
  keys: ReadonlyMap<string, SubjectKey | undefined>,
): boolean {
  const [before, after] = [readEntry(newest.entry), readEntry(event.entry)];
  if (after.source.mapping <= before.source.mapping) return false;
  return differsInClear(before, after) || differsInPrivate([newest, before], [event, after], keys);
}

/** Where a key is gone, nothing can be shown to differ. */
function differsInPrivate(
  [before, beforeEntry]: readonly [LogRecord | StoredRecord, Entry],
  [after, afterEntry]: readonly [LogRecord, Entry],
  keys: ReadonlyMap<string, SubjectKey | undefined>,
): boolean {
  const old = personalFields(beforeEntry.id, partOf(before), keys);
  const fresh = personalFields(afterEntry.id, partOf(after), keys);
  return old !== undefined && fresh !== undefined && old !== fresh;
}

async function openKeys(
  records: readonly Pick<LogRecord, 'encrypted'>[],
  subjectKeys: SubjectKeys,
): Promise<ReadonlyMap<string, SubjectKey | undefined>> {
  const ids = [...new Set(records.flatMap((record) => partOf(record).map(({ keyId }) => keyId)))];
  const keys = await subjectKeys.open(ids);
  return new Map(ids.map((id, index) => [id, keys[index]]));
}

function partOf({ encrypted }: Pick<LogRecord, 'encrypted'>): EncryptedPart {
  return encrypted.length === 0 ? [] : (JSON.parse(Buffer.from(encrypted).toString('utf8')) as EncryptedPart);
}
