import { KeytrailError } from '../../domain/errors.js';
import type { ActivityRow } from '../domain/activity-row.js';
import { sumOutcomes } from '../domain/activity-tally.js';
import { comparisonPeriod, periodKeys } from '../domain/report-period.js';
import type { RunPhase } from '../domain/report-run.js';
import type { ReportTask } from '../domain/report-task.js';
import { SourceTally, type CoverageSpan } from '../domain/source-activity.js';
import { firstDifference, tieOut, type TieOutCounts } from '../domain/tie-out.js';
import type { TrailScope } from './trail-scope.js';
import type { SecretActivityFacts, Who } from '../secret-activity/secret-activity-facts.js';
import { collectActors, type CollectedActors } from './collect-actors.js';
import { collectCounts, collectIntake, scopeOf, type StoreCounts } from './collect-counts.js';
import { collectEvents, type CollectedEvents } from './collect-events.js';
import { collectFailures } from './collect-failures.js';
import { collectSecrets, type CollectedSecrets } from './collect-secrets.js';
import type { ReportFolder } from './report-folder.js';
import type { TrailReader } from './trail-reader.js';

/** Told the phase and how much of it is done, 0 to 1. */
export type OnProgress = (phase: RunPhase, share: number) => void;

/**
 * Everything the report tells, counted and written into its files. What is counted in two ways must agree: an event that
 * was replaced in the views meanwhile makes a difference, so it is done again, and given up with `REPORTING.FAILED`.
 */
export async function collectFacts(
  task: ReportTask,
  reader: TrailReader,
  folder: ReportFolder,
  onProgress: OnProgress,
): Promise<SecretActivityFacts> {
  let difference = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const facts = await collectOnce(task, reader, folder, onProgress);
    const found = firstDifference(facts.checks);
    if (!found) return facts;
    difference = `${found.what}: ${found.expected.way}`;
    folder.close();
  }
  throw new KeytrailError('REPORTING.FAILED', { part: 'tie_out', difference });
}

const ATTEMPTS = 3;

async function collectOnce(
  task: ReportTask,
  reader: TrailReader,
  folder: ReportFolder,
  onProgress: OnProgress,
): Promise<SecretActivityFacts> {
  const scope = scopeOf(task);
  const { named } = task.run.request;
  onProgress('counting', 0);
  const counted = await collectCounts(reader, scope);
  onProgress('counting', 0.2);
  const aliases = await reader.aliases(scope.known);
  const actors = await collectActors(reader, scope, folder, { named, aliases });
  onProgress('counting', 0.6);
  const secrets = await collectSecrets(reader, scope, folder, aliases);
  onProgress('counting', 0.8);
  const failures = await collectFailures(reader, scope, named);
  const intake = await collectIntake(reader, scope);
  const events = await readEvents(task, { reader, scope, folder, expected: counted.grouped.events }, onProgress);
  const ties = countsToTie(counted, actors, secrets, events);
  return {
    ...common(task),
    requester: await requesterOf(task, reader, scope),
    earlierEvents: counted.earlierEvents,
    own: counted.ownActions,
    tieOut: ties,
    checks: tieOut(ties),
    ...actors,
    secrets: secrets.secrets,
    ...failures,
    ...events,
    intake,
    aliases: aliases.standIns.size,
  };
}

interface Reading {
  readonly reader: TrailReader;
  readonly scope: TrailScope;
  readonly folder: ReportFolder;
  readonly expected: number;
}

async function readEvents(
  task: ReportTask,
  reading: Reading,
  onProgress: OnProgress,
): Promise<CollectedEvents & Pick<SecretActivityFacts, 'sources'>> {
  const { reader, scope, folder, expected } = reading;
  const before = periodKeys(task.run.request.period).before;
  const sources = new SourceTally(coverageOf(task), await reader.sources(scope.known, before));
  const whole = task.run.request.scope.matching === undefined;
  if (!whole) await collectCoverage(reader.pages(scope.recorded), sources);
  let read = 0;
  const { named, period } = task.run.request;
  const options = { named, lateFrom: periodKeys(period).before, ...(whole && { sources }) };
  onProgress('reading', 0);
  const events = await collectEvents(reader.pages(scope.events), folder, options, (count) => {
    read += count;
    onProgress('reading', Math.min(1, read / Math.max(1, expected)));
  });
  return { ...events, sources: sources.activity() };
}

/** A filter tells nothing of how well its sources were heard: their coverage is that of all their events. */
async function collectCoverage(pages: AsyncIterable<readonly ActivityRow[]>, sources: SourceTally): Promise<void> {
  for await (const page of pages) {
    for (const row of page) sources.add(row);
  }
}

function common(task: ReportTask) {
  const { id, request, start, requestedAt } = task.run;
  return {
    runId: id,
    request,
    start,
    requestedAt,
    comparison: comparisonPeriod(request.period),
    coverage: coverageOf(task),
  };
}

function coverageOf({ run, silence }: ReportTask): CoverageSpan {
  const from = Date.parse(run.request.period.from);
  const to = Math.min(Date.parse(run.request.period.to), Date.parse(run.start.at));
  return { from, to: Math.max(from, to), silence };
}

/** The requester's name is read from the trail, in a named report only: the run's record has no personal data. */
async function requesterOf({ run }: ReportTask, reader: TrailReader, scope: TrailScope): Promise<Who> {
  const person = run.request.named ? await reader.person(scope.ownEver, run.requestedBy.subject) : undefined;
  return { ...run.requestedBy, ...(person && { person }) };
}

function countsToTie(
  counted: StoreCounts,
  actors: CollectedActors,
  secrets: CollectedSecrets,
  { counts, failures, changes }: CollectedEvents,
): TieOutCounts {
  const { entries, own, waiting, outside, grouped } = counted;
  return {
    ...{ entries, own, waiting, outside, grouped },
    read: {
      events: counts.events,
      echoes: counts.echoes,
      secretsNamed: counts.accesses.secretsNamed,
      accessesWithoutSecret: counts.accesses.withoutSecret,
      failedActs: counts.failedActs,
      changes: sumOutcomes(counts.groups.change) + sumOutcomes(counts.groups.rights),
    },
    listed: {
      byActor: actors.acts,
      byActorAndSecret: actors.accessesListed,
      failedActs: failures.total,
      changes: changes.total,
      bySecret: secrets.accessesListed,
    },
  };
}
