import { KeytrailError } from '../../domain/errors.js';
import { pointAfter } from '../../domain/position.js';
import type { Clock } from '../../platform/clock.js';
import type { SubjectKeys } from '../../privacy/subject-keys.port.js';
import type { Appended, EventLog, LogRecord, StoredRecord } from '../../storage/event-log/event-log.port.js';
import type { RecordEventsResult } from '../commands/record-events/record-events.command.js';
import type { KeyedHash } from '../preparing/keyed-hash.js';
import type { Retried } from '../preparing/prepared-delivery.js';
import type { RandomPool } from '../preparing/random-pool.js';
import { closedDeadLetters } from './closed-dead-letters.js';
import { conflictEvent } from './conflict-event.js';
import { findSurplus } from './find-surplus.js';
import { IngestedTally } from './ingested-tally.js';
import type { IngestionMetrics } from './ingestion-metrics.js';
import type { Outage } from './outage.js';
import type { OwnContext } from './own-entry.js';
import { CommitPlan } from './plan-commit.js';
import { findRevisions } from './revisions.js';
import type { Submission } from './submission.js';
import { submissionResult } from './submission-result.js';
import { ingestedEvents, interruptedEvent } from './trail-events.js';

export interface CommitParts {
  readonly log: EventLog;
  readonly subjectKeys: SubjectKeys;
  readonly keyedHash: KeyedHash;
  readonly random: RandomPool;
  readonly outage: Outage;
  readonly clock: Clock;
  readonly metrics: IngestionMetrics;
  readonly place: Pick<OwnContext, 'tenant' | 'environment'>;
}

/** Makes one transaction of what several callers want to record: their events, and what tells of them. */
export class GroupCommit {
  constructor(private readonly parts: CommitParts) {}

  /**
   * The submissions' answers, in order, when everything is durable. Commits run one after another: what is looked up
   * before an append must still hold at it.
   * @throws KeytrailError with nothing of any submission written
   */
  async run(submissions: readonly Submission[]): Promise<readonly RecordEventsResult[]> {
    const { outage, clock, metrics } = this.parts;
    const begun = performance.now();
    const plan = await this.#plan(submissions);
    const now = clock.now();
    const context = { ...this.parts.place, recordedAt: now.toISOString(), random: this.parts.random };
    const interruptions = outage.due(now.getTime());
    const first = interruptions.map((interruption) => interruptedEvent(interruption, context));
    const told = this.#tell(submissions, plan, context);
    const appended = await this.#append([...first, ...plan.records, ...told]);
    outage.told(interruptions, now.getTime());
    const results = this.#results(submissions, plan, appended.slice(first.length));
    metrics.committed(submissions, results, { events: appended.length, seconds: (performance.now() - begun) / 1000 });
    return results;
  }

  async #plan(submissions: readonly Submission[]): Promise<CommitPlan> {
    const { keyedHash } = this.parts;
    const stored = await this.#find(submissions);
    const revisions = await findRevisions(submissions, stored, this.parts);
    const plan = new CommitPlan({
      stored,
      revisions,
      surplus: await findSurplus(submissions, revisions, this.parts.log),
      conflictOf: (event, kind) => conflictEvent(event, kind, keyedHash),
    });
    for (const submission of submissions) plan.add(submission);
    return plan;
  }

  #find(submissions: readonly Submission[]): Promise<ReadonlyMap<string, StoredRecord>> {
    const { log } = this.parts;
    const keys = submissions.flatMap(lookedUp);
    return log.capabilities.duplicatesKnown && keys.length > 0 ? log.find(keys) : Promise.resolve(new Map());
  }

  #tell(
    submissions: readonly Submission[],
    plan: CommitPlan,
    context: OwnContext & { readonly random: RandomPool },
  ): readonly LogRecord[] {
    const tally = new IngestedTally();
    const closings: LogRecord[] = [];
    for (const [index, submission] of submissions.entries()) {
      if (submission.form === 'own') continue;
      const items = plan.items[index] ?? [];
      tally.add(submission, items);
      closings.push(...closedDeadLetters(submission, context));
    }
    const { duplicatesKnown } = this.parts.log.capabilities;
    return [...closings, ...tally.groups.flatMap((group) => ingestedEvents(group, duplicatesKnown, context))];
  }

  #append(records: readonly LogRecord[]): Promise<readonly Appended[]> {
    return records.length > 0 ? this.parts.log.append(records) : Promise.resolve([]);
  }

  #results(
    submissions: readonly Submission[],
    plan: CommitPlan,
    appended: readonly Appended[],
  ): readonly RecordEventsResult[] {
    const { duplicatesKnown } = this.parts.log.capabilities;
    const beginning = { epoch: appended[0]?.position.epoch ?? 0, next: [] };
    const asOf = pointAfter(
      beginning,
      appended.map(({ position }) => position),
    );
    return plan.items.map((items, index) =>
      submissionResult(
        { items, retried: retriedIn(submissions[index]), asOf },
        (place) => {
          const position = typeof place === 'number' ? appended[place]?.position : place;
          if (!position) throw new KeytrailError('INTERNAL.UNEXPECTED', { part: 'positions' });
          return position;
        },
        duplicatesKnown,
      ),
    );
  }
}

function retriedIn(submission: Submission | undefined): readonly Retried[] {
  return submission?.form === 'native' ? submission.delivery.retried : [];
}

/**
 * The ids that may be on the log already. A later mapping may have given an event its time only now: then the first
 * reading lies under day 0.
 */
function lookedUp(submission: Submission): readonly Pick<LogRecord, 'id' | 'day'>[] {
  if (submission.form === 'own') return submission.records;
  const { items, mapping } = submission.delivery;
  const events = items.flatMap((item) => (item.kind === 'events' ? item.events : []));
  return mapping > 1 ? [...events.map(({ id }) => ({ id, day: 0 })), ...events] : events;
}
