import { OUTCOMES } from '../../../domain/outcome.js';
import { utcDay } from '../../../domain/timestamp.js';
import type { ViewBucket } from '../../../storage/read-store/read-store.port.js';
import { dayNumber, daysBetween } from '../../domain/days.js';
import { dayText } from '../asking/day-text.js';
import type { DayCounts, OutcomeCounts } from './daily-counts.query.js';

/** First and last day, days since 1970, both inclusive. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/** The days of a period in milliseconds since 1970 (`to` exclusive); what is open is filled from the days with events. */
export function spanOf(days: readonly string[], from?: number, to?: number): DaySpan | undefined {
  const seen = [...days].sort().map(dayNumber);
  const first = from === undefined ? seen[0] : utcDay(from);
  const last = to === undefined ? seen.at(-1) : utcDay(to - 1);
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** Buckets by (day, action, outcome) as one row for each day of the span. */
export function countDays(buckets: readonly ViewBucket[], span: DaySpan | undefined): readonly DayCounts[] {
  const counted = new Map<string, Map<string, Record<string, number>>>();
  for (const { key, count } of buckets) {
    const [day, action, outcome] = key.map(String) as [string, string, string];
    const actions = counted.get(dayText(day)) ?? new Map<string, Record<string, number>>();
    counted.set(dayText(day), actions.set(action, { ...actions.get(action), [outcome]: count }));
  }
  const days = span ? daysBetween(span.first, span.last) : [];
  return days.map((day) => dayCounts(day, counted.get(day) ?? new Map<string, Record<string, number>>()));
}

function dayCounts(day: string, actions: ReadonlyMap<string, Readonly<Record<string, number>>>): DayCounts {
  const rows = [...actions].map(([action, outcomes]) => [action, outcomeCounts(outcomes)] as const);
  const events = rows.reduce((sum, [, counts]) => sum + counts.success + counts.failure + counts.unknown, 0);
  return { day, events, actions: Object.fromEntries(rows) };
}

function outcomeCounts(counts: Readonly<Record<string, number>>): OutcomeCounts {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, counts[outcome] ?? 0])) as OutcomeCounts;
}
