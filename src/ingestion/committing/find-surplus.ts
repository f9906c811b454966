import { EVENT_WITHDRAWN } from '../../domain/action.js';
import { readEntry } from '../../domain/entry.js';
import type { EventLog, StoredRecord } from '../../storage/event-log/event-log.port.js';
import { partNumber, partOf } from '../preparing/part-numbers.js';
import type { PreparedDelivery, PreparedEvent, PreparedItem } from '../preparing/prepared-delivery.js';
import type { Revision, Surplus } from './plan-commit.js';
import { firstId, laterIds, supersedingId, type EventName } from './reading-ids.js';
import type { Submission } from './submission.js';
import { withdrawal } from './withdrawal.js';

/** Where an event may be that is too many. */
interface Search extends EventName {
  readonly item: PreparedItem;
  readonly delivery: PreparedDelivery;
  /** Any event of the record. */
  readonly sibling: PreparedEvent;
}

interface Hit {
  readonly search: Search;
  readonly first: StoredRecord;
}

/**
 * What is stored of records beyond what the present mapping makes of them, by record. Only of records of which something
 * that is stored is by another mapping, so that usual deliveries cost nothing. Numbers have no gaps, so the search for one
 * more goes on as long as it finds one.
 */
export async function findSurplus(
  submissions: readonly Submission[],
  revisions: ReadonlyMap<string, Revision>,
  log: EventLog,
): Promise<ReadonlyMap<PreparedItem, readonly Surplus[]>> {
  const hits: Hit[] = [];
  let open = revisions.size === 0 ? [] : submissions.flatMap((submission) => searchesIn(submission, revisions));
  while (open.length > 0) {
    const found = await findStored(open, log);
    hits.push(...found);
    open = found.flatMap(({ search }) => furtherThan(search));
  }
  return hits.length === 0 ? new Map() : withdrawals(hits, log);
}

function searchesIn(submission: Submission, revisions: ReadonlyMap<string, Revision>): readonly Search[] {
  if (submission.form === 'own') return [];
  const { delivery } = submission;
  return delivery.items.flatMap((item) => {
    if (item.kind !== 'events' || !item.events.some(({ id }) => revisions.has(id))) return [];
    return numbersAfter(item.events).map(({ sibling, n }) => {
      const { instance, key } = sibling;
      return { item, delivery, sibling, instance, key, n };
    });
  });
}

/** The part after the last of each event, and the event after the last: under each key that the record's events have. */
function numbersAfter(events: readonly PreparedEvent[]): readonly { sibling: PreparedEvent; n: number }[] {
  const lastParts = new Map<number, PreparedEvent>();
  const byKey = new Map<string, PreparedEvent>();
  for (const event of events) {
    lastParts.set(partOf(event.n).event, event);
    byKey.set(JSON.stringify([event.instance, event.key]), event);
  }
  const next = Math.max(...lastParts.keys()) + 1;
  return [
    ...[...lastParts.values()].map((sibling) => {
      const { event, part } = partOf(sibling.n);
      return { sibling, n: partNumber(event, part + 1) };
    }),
    ...[...byKey.values()].map((sibling) => ({ sibling, n: next })),
  ];
}

/** An event of which the time could not be read then lies under day 0. */
async function findStored(searches: readonly Search[], log: EventLog): Promise<readonly Hit[]> {
  const ids = searches.map((search) => firstId(search, search.delivery));
  const days = ids.flatMap((id, at) => [
    { id, day: 0 },
    { id, day: searches[at]?.sibling.day ?? 0 },
  ]);
  const stored = await log.find(days);
  return searches.flatMap((search, at) => {
    const first = stored.get(ids[at] ?? '');
    return first ? [{ search, first }] : [];
  });
}

function furtherThan(search: Search): readonly Search[] {
  const { event, part } = partOf(search.n);
  const nextPart = { ...search, n: partNumber(event, part + 1) };
  return part === 0 ? [nextPart, { ...search, n: event + 1 }] : [nextPart];
}

async function withdrawals(
  hits: readonly Hit[],
  log: EventLog,
): Promise<ReadonlyMap<PreparedItem, readonly Surplus[]>> {
  const later = hits.map(({ search, first }) =>
    laterIds(search, search.delivery, readEntry(first.entry).source.mapping),
  );
  const keys = later.flatMap((ids, at) => ids.map((id) => ({ id, day: hits[at]?.search.sibling.day ?? 0 })));
  const stored = await log.find(keys);
  const surplus = new Map<PreparedItem, readonly Surplus[]>();
  for (const [at, { search, first }] of hits.entries()) {
    const newestId = later[at]?.find((id) => stored.has(id));
    const newest = (newestId === undefined ? undefined : stored.get(newestId)) ?? first;
    if (!isOutdated(newest, search.delivery)) continue;
    surplus.set(search.item, [...(surplus.get(search.item) ?? []), surplusOf(search, newest)]);
  }
  return surplus;
}

/** What is withdrawn already is not withdrawn again, and a service that was set back withdraws nothing. */
function isOutdated({ entry }: StoredRecord, { mapping }: PreparedDelivery): boolean {
  const { action, source } = readEntry(entry);
  return action !== EVENT_WITHDRAWN && source.mapping < mapping;
}

function surplusOf(search: Search, newest: StoredRecord): Surplus {
  const { delivery, sibling } = search;
  const by = {
    id: supersedingId(search, delivery),
    day: sibling.day,
    mapping: delivery.mapping,
    recordedAt: readEntry(sibling.entry).recordedAt,
  };
  return { newest, withdrawal: withdrawal({ newest, first: firstId(search, delivery) }, by) };
}
