import { utcDate, utcDay } from '../../domain/timestamp.js';

const DAY_MS = 86_400_000;

/** Days since 1970 of `2026-11-22`. */
export function dayNumber(day: string): number {
  return utcDay(Date.parse(`${day}T00:00:00Z`));
}

/** Milliseconds since 1970 at which the day begins. */
export function dayStart(number: number): number {
  return number * DAY_MS;
}

/** The days from first to last, both inclusive, as `2026-11-22`. */
export function daysBetween(first: number, last: number): readonly string[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => utcDate(dayStart(first + index)));
}
