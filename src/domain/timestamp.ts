const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,30}))?([Zz]|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A readable time, with the source's own digits kept whole. */
export interface Timestamp {
  /** As the source wrote it. */
  readonly text: string;
  /** UTC, `YYYYMMDDhhmmssnnnnnnnnn`: 23 digits that sort as the times do. Digits beyond nanoseconds are only in `text`. */
  readonly sortKey: string;
  /** Milliseconds since 1970 (UTC), rounded down. */
  readonly milliseconds: number;
}

/** Reads an RFC 3339 time of any precision and offset; `undefined` when it is none or names no real moment. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const fields = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = offsetMinutes(zone);
  if (offset === undefined || !isRealTime(fields)) return undefined;
  const nanoseconds = fraction.slice(0, 9).padEnd(9, '0');
  // A leap second keeps its 60 in the sort key, which puts it where it belongs; Date has no place for it.
  const wholeMinute = utcMilliseconds(fields) - offset * 60_000;
  const digits = new Date(wholeMinute).toISOString();
  if (digits.length !== 24) return undefined;
  const seconds = String(fields[5]).padStart(2, '0');
  const sortKey =
    digits.slice(0, 4) +
    digits.slice(5, 7) +
    digits.slice(8, 10) +
    digits.slice(11, 13) +
    digits.slice(14, 16) +
    seconds +
    nanoseconds;
  return { text, sortKey, milliseconds: wholeMinute + fields[5] * 1000 + Number(nanoseconds.slice(0, 3)) };
}

type Fields = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number];

function isRealTime([year, month, day, hour, minute, second]: Fields): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && !leap ? 28 : (DAYS_IN_MONTH[month - 1] ?? 0);
  return day >= 1 && day <= days && hour <= 23 && minute <= 59 && second <= 60;
}

function utcMilliseconds([year, month, day, hour, minute]: Fields): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() + (hour * 60 + minute) * 60_000;
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Days since 1970-01-01, UTC. */
export function utcDay(milliseconds: number): number {
  return Math.floor(milliseconds / DAY_MS);
}

/** `2026-Q4`, the calendar quarter (UTC) that a data key belongs to. */
export function utcQuarter(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

/** `2026-11-22`, the calendar day (UTC). */
export function utcDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
