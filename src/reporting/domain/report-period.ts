import { parseTimestamp } from '../../domain/timestamp.js';
import { sortKeyAt } from './utc-text.js';

/** A half-open span of time: `from` belongs to it, `to` does not. RFC 3339, UTC, whole milliseconds. */
export interface ReportPeriod {
  readonly from: string;
  readonly to: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads a day (`2026-01-01`, its first moment in UTC) or an RFC 3339 time; `undefined` when it is neither. */
export function readMoment(text: string): string | undefined {
  const time = parseTimestamp(DATE.test(text) ? `${text}T00:00:00Z` : text);
  return time && new Date(time.milliseconds).toISOString();
}

export type ReadPeriod =
  { readonly ok: true; readonly period: ReportPeriod } | { readonly ok: false; readonly errors: readonly string[] };

/** Nobody reads a report over more days than this, and each day costs a line. */
export const LONGEST_PERIOD_DAYS = 3_700;
const DAY_MS = 86_400_000;

export function readPeriod(fromText: string, toText: string): ReadPeriod {
  const from = readMoment(fromText);
  const to = readMoment(toText);
  if (from === undefined || to === undefined) {
    const faulty = [from === undefined ? ['from'] : [], to === undefined ? ['to'] : []].flat();
    return { ok: false, errors: faulty.map((name) => `${name}: must be a date or an RFC 3339 time`) };
  }
  if (from >= to) return { ok: false, errors: ['to: must be later than from'] };
  if (Date.parse(to) - Date.parse(from) > LONGEST_PERIOD_DAYS * DAY_MS) {
    return { ok: false, errors: [`to: at most ${LONGEST_PERIOD_DAYS} days after from`] };
  }
  return { ok: true, period: { from, to } };
}

/** The period as the sort keys of domain/timestamp.ts. */
export function periodKeys(period: ReportPeriod): { readonly from: string; readonly before: string } {
  return { from: sortKeyAt(Date.parse(period.from)), before: sortKeyAt(Date.parse(period.to)) };
}

/**
 * What the period is compared with: as many calendar months before when it holds whole months (UTC), else the same
 * length of time before.
 */
export function comparisonPeriod(period: ReportPeriod): ReportPeriod {
  const from = new Date(period.from);
  const to = new Date(period.to);
  if (!isMonthStart(from) || !isMonthStart(to)) {
    return { from: new Date(2 * from.getTime() - to.getTime()).toISOString(), to: period.from };
  }
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const start = new Date(from);
  start.setUTCMonth(from.getUTCMonth() - months);
  return { from: start.toISOString(), to: period.from };
}

function isMonthStart(date: Date): boolean {
  return date.getUTCDate() === 1 && date.getTime() % 86_400_000 === 0;
}

/** `2026-01-01` where the moment is a midnight in UTC, else `2026-01-01 09:30:00`. */
export function momentWords(moment: string): string {
  return moment.endsWith('T00:00:00.000Z') ? moment.slice(0, 10) : moment.replace('T', ' ').replace(/(\.000)?Z$/, '');
}
