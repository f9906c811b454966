import { REJECTION_REASONS } from '../../sources/source.port.js';
import type { Metrics } from '../../platform/metrics/metrics.js';
import type { RecordEventsResult } from '../commands/record-events/record-events.command.js';
import type { Submission } from './submission.js';

/** What ingestion counts. Kinds and reasons are ours; an instance or a name is never a label. */
export class IngestionMetrics {
  /** @param kinds of sources: each counter stands at 0 before it first counts, as an alert sees only what rises */
  constructor(
    private readonly metrics: Metrics,
    kinds: readonly string[],
  ) {
    for (const kind of kinds) {
      for (const counter of perKind(metrics)) counter.inc({ kind }, 0);
      for (const reason of REJECTION_REASONS) metrics.rejectedRecords.inc({ kind, reason }, 0);
    }
  }

  waiting(events: number): void {
    this.metrics.queuedEvents.set(events);
  }

  committed(
    submissions: readonly Submission[],
    results: readonly RecordEventsResult[],
    commit: { readonly events: number; readonly seconds: number },
  ): void {
    this.metrics.commitSeconds.observe(commit.seconds);
    this.metrics.commitEvents.observe(commit.events);
    for (const [index, submission] of submissions.entries()) this.#count(submission, results[index]);
  }

  #count(submission: Submission, result: RecordEventsResult | undefined): void {
    if (!result || submission.form === 'own') return;
    const { kind, redactions } = submission.delivery;
    this.metrics.recordedEvents.inc({ kind }, result.recorded);
    this.metrics.duplicateEvents.inc({ kind }, result.duplicates ?? 0);
    this.metrics.conflictingEvents.inc({ kind }, result.conflicts);
    this.metrics.ignoredRecords.inc({ kind }, result.ignored);
    for (const item of result.items)
      if (item.status === 'rejected') this.metrics.rejectedRecords.inc({ kind, reason: item.reason });
    for (const [rule, count] of Object.entries(redactions)) this.metrics.redactedTexts.inc({ rule }, count);
  }
}

function perKind({ recordedEvents, duplicateEvents, conflictingEvents, ignoredRecords }: Metrics) {
  return [recordedEvents, duplicateEvents, conflictingEvents, ignoredRecords];
}
