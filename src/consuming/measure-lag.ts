import { readEntry } from '../domain/entry.js';
import { eventsBetween, type LogPoint } from '../domain/position.js';
import { parseTimestamp } from '../domain/timestamp.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import type { Lag } from './consumer-status.js';

/** How far a point is behind the log's end: in events, and in seconds since the first of them was recorded. */
export async function measureLag(log: EventLog, point: LogPoint, now: Date): Promise<Lag> {
  const events = eventsBetween(point, await log.end());
  if (events === 0) return { events, seconds: 0 };
  const [next] = await log.read(point, 1);
  const recordedAt = next && parseTimestamp(readEntry(next.entry).recordedAt);
  const milliseconds = recordedAt ? Math.max(0, now.getTime() - recordedAt.milliseconds) : 0;
  return { events, seconds: Math.round(milliseconds) / 1000 };
}
