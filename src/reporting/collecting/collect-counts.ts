import { KeytrailError } from '../../domain/errors.js';
import { parseLogPoint } from '../../domain/position.js';
import { IntakeTally, type Intake } from '../domain/intake-tally.js';
import { comparisonPeriod } from '../domain/report-period.js';
import type { ReportTask } from '../domain/report-task.js';
import type { TieOutCounts } from '../domain/tie-out.js';
import { trailScope, type TrailScope } from './trail-scope.js';
import { sortKeyAt } from '../domain/utc-text.js';
import type { TrailReader } from './trail-reader.js';

/** What the store counts by itself. */
export interface StoreCounts extends Pick<TieOutCounts, 'entries' | 'own' | 'waiting' | 'outside' | 'grouped'> {
  readonly ownActions: readonly (readonly [action: string, count: number])[];
  readonly earlierEvents: number;
}

export function scopeOf(task: ReportTask): TrailScope {
  const { request, start } = task.run;
  const asOf = parseLogPoint(start.asOf);
  if (!asOf) throw new KeytrailError('REPORTING.FAILED', { part: 'as_of' });
  return trailScope({
    period: request.period,
    comparison: comparisonPeriod(request.period),
    asOf,
    waitingFrom: sortKeyAt(Date.parse(start.at) - task.exchangeWait),
    filter: request.scope.matching,
  });
}

export async function collectCounts(reader: TrailReader, scope: TrailScope): Promise<StoreCounts> {
  const waiting = await reader.count(scope.waiting);
  const outside = scope.outside ? await reader.count(scope.outside) : 0;
  const earlierEvents = await reader.count(scope.earlierEvents);
  const own = await collectOwn(reader, scope);
  const grouped = { events: 0, acts: 0, failedActs: 0 };
  for await (const { key, count } of reader.groups(scope.events, ['echo', 'outcome', 'action'])) {
    grouped.events += count;
    if (key[0] === true) continue;
    grouped.acts += count;
    if (key[1] === 'failure') grouped.failedActs += count;
  }
  return { ...own, waiting, outside, earlierEvents, grouped };
}

async function collectOwn(
  reader: TrailReader,
  scope: TrailScope,
): Promise<Pick<StoreCounts, 'entries' | 'own' | 'ownActions'>> {
  const ownActions: [string, number][] = [];
  let entries = 0;
  let own = 0;
  for await (const { key, count } of reader.groups(scope.entries, ['own', 'action'])) {
    entries += count;
    if (key[0] !== true) continue;
    own += count;
    ownActions.push([String(key[1]), count]);
  }
  return { entries, own, ownActions };
}

export async function collectIntake(reader: TrailReader, scope: TrailScope): Promise<Intake> {
  const tally = new IntakeTally();
  for await (const page of reader.pages(scope.health)) {
    for (const row of page) tally.add(row.entry);
  }
  return tally.intake();
}
