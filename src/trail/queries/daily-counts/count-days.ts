import { OUTCOMES } from '../../../domain/outcome.js';
import type { ViewBucket } from '../../../storage/read-store/read-store.port.js';
import { daysBetween } from '../../domain/days.js';
import { dayText } from '../asking/day-text.js';
import type { DayCounts, OutcomeCounts } from './daily-counts.query.js';

/** First and last day, days since 1970, both inclusive. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/** Buckets by (day, action, outcome) as one row for each day of the span. */
export function countDays(buckets: readonly ViewBucket[], span: DaySpan): readonly DayCounts[] {
  const counted = new Map<string, Map<string, Record<string, number>>>();
  for (const { key, count } of buckets) {
    const [day, action, outcome] = key.map(String) as [string, string, string];
    const actions = counted.get(dayText(day)) ?? new Map<string, Record<string, number>>();
    counted.set(dayText(day), actions.set(action, { ...actions.get(action), [outcome]: count }));
  }
  return daysBetween(span.first, span.last).map((day) =>
    dayCounts(day, counted.get(day) ?? new Map<string, Record<string, number>>()),
  );
}

function dayCounts(day: string, actions: ReadonlyMap<string, Readonly<Record<string, number>>>): DayCounts {
  const rows = [...actions].map(([action, outcomes]) => [action, outcomeCounts(outcomes)] as const);
  const events = rows.reduce((sum, [, counts]) => sum + counts.success + counts.failure + counts.unknown, 0);
  return { day, events, actions: Object.fromEntries(rows) };
}

function outcomeCounts(counts: Readonly<Record<string, number>>): OutcomeCounts {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, counts[outcome] ?? 0])) as OutcomeCounts;
}
