import type { Entry } from '../../domain/entry.js';
import { parseTimestamp, type Timestamp } from '../../domain/timestamp.js';

interface EntryTimes {
  readonly occurred: Timestamp | undefined;
  readonly recorded: Timestamp;
}

/** Several views ask for the times of one entry, and reading them is a fair part of projecting it. */
const known = new WeakMap<Entry, EntryTimes>();

/** When the event stands in the trail: when it occurred, or was recorded where its record has no readable time. */
export function trailTime(entry: Entry): string {
  const { occurred, recorded } = timesOf(entry);
  return (occurred ?? recorded).sortKey;
}

export function recordedKey(entry: Entry): string {
  return timesOf(entry).recorded.sortKey;
}

export function occurredAt(entry: Entry): Timestamp | undefined {
  return timesOf(entry).occurred;
}

/** Throws for an entry that was not written by ingestion: the consumer stops at it and says so. */
export function recordedAt(entry: Entry): Timestamp {
  return timesOf(entry).recorded;
}

function timesOf(entry: Entry): EntryTimes {
  let times = known.get(entry);
  if (!times) known.set(entry, (times = readTimes(entry)));
  return times;
}

function readTimes({ occurredAt: occurred, recordedAt: recorded }: Entry): EntryTimes {
  const time = parseTimestamp(recorded);
  if (!time) throw new TypeError('an entry has no readable recordedAt');
  return { occurred: occurred === undefined ? undefined : parseTimestamp(occurred), recorded: time };
}
