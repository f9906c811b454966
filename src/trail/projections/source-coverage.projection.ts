import type { OpenedEvent } from '../../consuming/opened-event.js';
import type { FoldedProjection } from '../../consuming/projection.js';
import { isReservedAction } from '../../domain/action.js';
import { canonicalJson } from '../../domain/canonical-json.js';
import type { IngestedDetails } from '../../domain/details.js';
import type { Entry } from '../../domain/entry.js';
import { TIME_FLAGS } from '../../domain/time-flags.js';
import { utcDate, type Timestamp } from '../../domain/timestamp.js';
import { SOURCE_COVERAGE, type DeliveredCounts, type SourceDay } from '../source-coverage.view.js';
import { occurredAt, recordedAt, recordedKey } from './trail-time.js';

/** What was seen of each source, day by day, and what ingestion said of its deliveries. */
export const sourceCoverageProjection: FoldedProjection<SourceDay> = {
  view: SOURCE_COVERAGE,
  keys: ({ entry }) => (isCovered(entry) ? [keyOf(entry)] : []),
  evolve: (before, event) => evolve(before ?? noneYet(event), event),
  show: ({ kind, instance, day, began: { partition, offset } }) => ({
    time: day.replaceAll('-', '').padEnd(23, '0'),
    fields: { partition, offset, kind, instance },
  }),
};

function isCovered({ action }: Entry): boolean {
  return action === 'trail.ingested' || !isReservedAction(action);
}

function keyOf(entry: Entry): string {
  return canonicalJson([entry.source.kind, entry.source.instance, dayOf(entry)]);
}

function dayOf(entry: Entry): string {
  return utcDate((sureTime(entry) ?? recordedAt(entry)).milliseconds);
}

/** Flags of times that would move a source's first or last event to where nobody saw it. */
const UNSURE: ReadonlySet<string> = new Set(TIME_FLAGS);

function sureTime(entry: Entry): Timestamp | undefined {
  if (entry.action === 'trail.ingested' || entry.flags?.some((flag) => UNSURE.has(flag))) return undefined;
  return occurredAt(entry);
}

const NOTHING_DELIVERED: DeliveredCounts = {
  commits: 0,
  read: 0,
  recorded: 0,
  conflicts: 0,
  ignored: 0,
  rejected: {},
};

function noneYet({ entry, position }: OpenedEvent): SourceDay {
  const { kind, instance } = entry.source;
  return {
    kind,
    instance,
    day: dayOf(entry),
    began: position,
    events: 0,
    unsureTimes: 0,
    delivered: NOTHING_DELIVERED,
  };
}

function evolve(before: SourceDay, { entry }: OpenedEvent): SourceDay {
  if (entry.action === 'trail.ingested') return { ...before, delivered: addDelivery(before.delivered, entry) };
  const time = sureTime(entry)?.sortKey;
  const seen = { ...before, events: before.events + 1, lastRecorded: later(before.lastRecorded, recordedKey(entry)) };
  if (time === undefined) return { ...seen, unsureTimes: before.unsureTimes + 1 };
  return { ...seen, first: earlier(before.first, time), last: later(before.last, time) };
}

function addDelivery(before: DeliveredCounts, entry: Entry): DeliveredCounts {
  const details = entry.details as IngestedDetails;
  const continued = (entry.part?.[0] ?? 1) > 1;
  const last = later(before.last, recordedKey(entry));
  // A continued one only names further dead letters: its counts stand in its first part.
  if (continued) return { ...before, last };
  return {
    commits: before.commits + 1,
    read: before.read + details.read,
    recorded: before.recorded + details.recorded,
    ...(details.duplicates !== undefined && { duplicates: (before.duplicates ?? 0) + details.duplicates }),
    conflicts: before.conflicts + details.conflicts,
    ignored: before.ignored + details.ignored,
    rejected: addCounts(before.rejected, details.rejected),
    last,
  };
}

function addCounts(
  left: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const sum = { ...left };
  for (const [name, count] of Object.entries(right)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

function earlier(left: string | undefined, right: string): string {
  return left === undefined || right < left ? right : left;
}

function later(left: string | undefined, right: string): string {
  return left === undefined || right > left ? right : left;
}
