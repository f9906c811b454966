import type { ReportRun, RunStart } from './report-run.js';

/** A run that was started: its pages follow from this and the trail alone. Plain data, so that a thread can be given it. */
export interface ReportTask {
  readonly run: Pick<ReportRun, 'id' | 'request' | 'requestedBy' | 'requestedAt'> & { readonly start: RunStart };
  /** Milliseconds: how long a request may still get its answer. */
  readonly exchangeWait: number;
  /** Milliseconds: a silence of a source this long is told of. */
  readonly silence: number;
}
