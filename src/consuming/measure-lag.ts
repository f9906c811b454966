import { readEntry } from '../domain/entry.js';
import { KeytrailError } from '../domain/errors.js';
import { eventsBetween, formatLogPoint, type LogPoint } from '../domain/position.js';
import { parseTimestamp } from '../domain/timestamp.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import type { Lag } from './consumer-status.js';
import { hasReached } from './log-walk.js';

/**
 * How far a point is behind the log's end: in events, and in seconds since the first of them was recorded.
 * @throws KeytrailError STORAGE.NOT_ON_THIS_LOG for a point beyond the end: it is not up to date, but of another log
 */
export async function measureLag(log: EventLog, point: LogPoint, now: Date): Promise<Lag> {
  const end = await log.end();
  if (!hasReached(end, point)) {
    throw new KeytrailError('STORAGE.NOT_ON_THIS_LOG', { point: formatLogPoint(point), end: formatLogPoint(end) });
  }
  const events = eventsBetween(point, end);
  if (events === 0) return { events, seconds: 0 };
  const [next] = await log.read(point, 1);
  const readable = next && next.fault === undefined ? next : undefined;
  const recordedAt = readable && parseTimestamp(readEntry(readable.entry).recordedAt);
  const milliseconds = recordedAt ? Math.max(0, now.getTime() - recordedAt.milliseconds) : 0;
  return { events, seconds: Math.round(milliseconds) / 1000 };
}
