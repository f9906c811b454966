import { dayNumber, dayStart } from '../../domain/days.js';
import { sortKeyText } from '../../domain/sort-key.js';
import type { SourceDay } from '../../source-coverage.view.js';
import type { SourceDays } from './coverage-facts.js';
import type { CoveragePeriod, DeliveredAnswer, SourceCoverageAnswer } from './coverage.query.js';
import { silentDays } from './silent-days.js';

export interface CoverContext {
  readonly period: CoveragePeriod;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly unknownOutcomes: number;
  readonly openDeadLetters: number;
  readonly doubles: number;
}

/** One source's days, added up; a source without any is silent. */
export function coverSource({ kind, instance, days }: SourceDays, facts: CoverContext): SourceCoverageAnswer {
  const withEvents = days.filter(({ events }) => events > 0).map(({ day }) => day);
  const last = latest(days.map((day) => day.last));
  return {
    kind,
    instance,
    events: sum(days.map(({ events }) => events)),
    unsureTimes: sum(days.map(({ unsureTimes }) => unsureTimes)),
    ...times({
      first: earliest(days.map((day) => day.first)),
      last,
      lastRecorded: latest(days.map((day) => day.lastRecorded)),
    }),
    ...silence(last, facts),
    ...silentDays(withEvents, facts.period, facts.now),
    delivered: delivered(days),
    unknownOutcomes: facts.unknownOutcomes,
    openDeadLetters: facts.openDeadLetters,
    doubles: facts.doubles,
  };
}

function delivered(days: readonly SourceDay[]): DeliveredAnswer {
  const counts = days.map((day) => day.delivered);
  const duplicates = counts.flatMap((count) => count.duplicates ?? []);
  const byReason: Record<string, number> = {};
  for (const { rejected } of counts) {
    for (const [reason, count] of Object.entries(rejected)) byReason[reason] = (byReason[reason] ?? 0) + count;
  }
  return {
    read: sum(counts.map(({ read }) => read)),
    recorded: sum(counts.map(({ recorded }) => recorded)),
    ...(duplicates.length > 0 && { duplicates: sum(duplicates) }),
    conflicts: sum(counts.map(({ conflicts }) => conflicts)),
    ignored: sum(counts.map(({ ignored }) => ignored)),
    rejected: sum(Object.values(byReason)),
    rejectedByReason: byReason,
    ...times({ last: latest(counts.map(({ last }) => last)) }),
  };
}

function silence(last: string | undefined, { period, now }: CoverContext): Pick<SourceCoverageAnswer, 'silentSeconds'> {
  const since = last === undefined ? period.from && `${period.from}T00:00:00Z` : sortKeyText(last);
  if (since === undefined) return {};
  const end = period.to === undefined ? now : Math.min(now, dayStart(dayNumber(period.to) + 1));
  return { silentSeconds: Math.max(0, Math.floor((end - Date.parse(since)) / 1000)) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function earliest(sortKeys: readonly (string | undefined)[]): string | undefined {
  return sortKeys.filter((key) => key !== undefined).sort()[0];
}

function latest(sortKeys: readonly (string | undefined)[]): string | undefined {
  return sortKeys
    .filter((key) => key !== undefined)
    .sort()
    .at(-1);
}

function times<Times extends Record<string, string | undefined>>(sortKeys: Times): { [Key in keyof Times]?: string } {
  const shown = Object.entries(sortKeys).flatMap(([name, key]) =>
    key === undefined ? [] : [[name, sortKeyText(key)]],
  );
  return Object.fromEntries(shown) as { [Key in keyof Times]?: string };
}
