import type { Entry } from '../../domain/entry.js';
import { parseTimestamp, type Timestamp } from '../../domain/timestamp.js';

/** When the event stands in the trail: when it occurred, or was recorded where its record has no readable time. */
export function trailTime(entry: Entry): string {
  return (occurredAt(entry) ?? recordedAt(entry)).sortKey;
}

export function recordedKey(entry: Entry): string {
  return recordedAt(entry).sortKey;
}

export function occurredAt(entry: Entry): Timestamp | undefined {
  return entry.occurredAt === undefined ? undefined : parseTimestamp(entry.occurredAt);
}

/** Throws for an entry that was not written by ingestion: the consumer stops at it and says so. */
export function recordedAt(entry: Entry): Timestamp {
  const time = parseTimestamp(entry.recordedAt);
  if (!time) throw new TypeError('an entry has no readable recordedAt');
  return time;
}
