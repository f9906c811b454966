// Times and ids of the demo's records: made up, but the same at every run on the same day.
import { createHash } from 'node:crypto';

const DAY_MS = 86_400_000;

/** Thirteen days ago until now, in whole UTC days. */
export const DAYS = Array.from({ length: 14 }, (_, index) => 13 - index);

/** Places times on the days before `now` and leaves out what has not happened yet. */
export class Timeline {
  constructor(now) {
    this.now = now.getTime();
    this.today = Math.floor(this.now / DAY_MS) * DAY_MS;
  }

  /** `at(2, '14:05:09')`: two days ago at that time (UTC). */
  at(daysAgo, time) {
    return new Date(Date.parse(`1970-01-01T${time}Z`) + this.today - daysAgo * DAY_MS);
  }

  /** A time of that day between two hours, different for each label. */
  within(daysAgo, [fromHour, toHour], label) {
    const span = (toHour - fromHour) * 3_600_000;
    const offset = Number.parseInt(digits(`${label}/${daysAgo}`, 8), 16) % span;
    return new Date(this.today - daysAgo * DAY_MS + fromHour * 3_600_000 + offset);
  }

  isPast(time) {
    return time.getTime() < this.now;
  }

  /** Sunday and Saturday: people rest, services don't. */
  isWeekend(daysAgo) {
    return [0, 6].includes(this.at(daysAgo, '00:00:00').getUTCDay());
  }
}

/** Hexadecimal digits that follow from a label. */
export function digits(label, count) {
  return createHash('sha256').update(`keytrail demo/${label}`).digest('hex').slice(0, count);
}

export function uuid(label) {
  const hex = digits(label, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** 2026-11-22T10:30:00Z */
export const wholeSeconds = (time) => `${time.toISOString().slice(0, 19)}Z`;

/** 2026-11-22T10:30:00.123456789Z */
export const nanoseconds = (time, label) =>
  `${time.toISOString().slice(0, 23)}${String(Number.parseInt(digits(label, 5), 16) % 1_000_000).padStart(6, '0')}Z`;
