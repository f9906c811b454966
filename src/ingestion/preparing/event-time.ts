import type { TimeFlag } from '../../domain/time-flags.js';
import { parseTimestamp, utcDay } from '../../domain/timestamp.js';

const FUTURE_MS = 5 * 60_000;
const YEAR_2000_MS = 946_684_800_000;

export interface EventTime {
  /** As the source wrote it; absent where it is missing or can't be read. */
  readonly occurredAt?: string;
  /** UTC day since 1970 under which the log looks for the id; 0 without a time. */
  readonly day: number;
  /** Milliseconds since 1970: whose quarter and day choose the data keys. A time that is flagged does not. */
  readonly keyTime: number;
  readonly flags: readonly TimeFlag[];
}

/** Judges an event's time; nothing is refused for it. `recordedAt` in milliseconds since 1970. */
export function judgeTime(occurredAt: string | undefined, recordedAt: number): EventTime {
  const time = occurredAt === undefined ? undefined : parseTimestamp(occurredAt);
  if (!time) return { day: 0, keyTime: recordedAt, flags: ['time_missing'] };
  const { text, milliseconds } = time;
  const flag = flagOf(milliseconds, recordedAt);
  return {
    occurredAt: text,
    day: utcDay(milliseconds),
    keyTime: flag === undefined ? milliseconds : recordedAt,
    flags: flag === undefined ? [] : [flag],
  };
}

function flagOf(milliseconds: number, recordedAt: number): TimeFlag | undefined {
  if (milliseconds > recordedAt + FUTURE_MS) return 'time_future';
  return milliseconds < YEAR_2000_MS ? 'time_before_2000' : undefined;
}
