import { parseTimestamp, utcDay } from '../../../domain/timestamp.js';
import { dayNumber } from '../../domain/days.js';
import { DAYS_LIMIT, type CoveragePeriod } from './coverage.query.js';

/** What is wrong with a period, one line for each fault. `now`: milliseconds since 1970. */
export function periodFaults({ from, to }: CoveragePeriod, now: number): readonly string[] {
  const days = Object.entries({ from, to }).filter(([, day]) => day !== undefined && !isDay(day));
  if (days.length > 0) return days.map(([name]) => `${name}: must be a day that there is, such as 2026-11-22`);
  if (from === undefined) return [];
  const last = to === undefined ? utcDay(now) : dayNumber(to);
  if (to !== undefined && last < dayNumber(from)) return ['to: must not be before from'];
  return last - dayNumber(from) >= DAYS_LIMIT ? [`from, to: at most ${DAYS_LIMIT} days at once`] : [];
}

/** The day after has to have a name too. */
function isDay(day: string): boolean {
  return day < '9999-12-31' && parseTimestamp(`${day}T00:00:00Z`) !== undefined;
}
