import { utcDate, utcDay } from '../../../domain/timestamp.js';
import { dayNumber, dayStart } from '../../domain/days.js';
import { DAYS_LIMIT, type CoveragePeriod, type SourceCoverageAnswer } from './coverage.query.js';

export type SilentDays = Pick<SourceCoverageAnswer, 'silentDays' | 'silentDates' | 'silentDaysFrom'>;

const DATES_SHOWN = 31;

/** Days of the period, up to today, on which no event occurred. `now`: milliseconds since 1970. */
export function silentDays(daysWithEvents: readonly string[], { from, to }: CoveragePeriod, now: number): SilentDays {
  const seen = new Set(daysWithEvents.map(dayNumber));
  const last = Math.min(utcDay(now), to === undefined ? utcDay(now) : dayNumber(to));
  const begun = from === undefined ? earliest(seen) : dayNumber(from);
  if (begun === undefined) return { silentDays: 0, silentDates: [] };
  const first = Math.max(begun, last - DAYS_LIMIT + 1);
  const inside = [...seen].filter((day) => day >= first && day <= last).length;
  return {
    silentDays: Math.max(0, last - first + 1 - inside),
    silentDates: firstSilent(first, last, seen),
    ...(first > begun && { silentDaysFrom: utcDate(dayStart(first)) }),
  };
}

function earliest(days: ReadonlySet<number>): number | undefined {
  let found: number | undefined;
  for (const day of days) if (found === undefined || day < found) found = day;
  return found;
}

function firstSilent(first: number, last: number, seen: ReadonlySet<number>): readonly string[] {
  const dates: string[] = [];
  for (let day = first; day <= last && dates.length < DATES_SHOWN; day += 1) {
    if (!seen.has(day)) dates.push(utcDate(dayStart(day)));
  }
  return dates;
}
