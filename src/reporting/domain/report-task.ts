import type { ViewFilter } from '../../storage/read-store/view-filter.js';
import type { ReportRun, RunStart } from './report-run.js';

/** A run that was started: its pages follow from this and the trail alone. Plain data, so that a thread can be given it. */
export interface ReportTask {
  readonly run: Pick<ReportRun, 'id' | 'request' | 'requestedBy' | 'requestedAt'> & { readonly start: RunStart };
  /** The run's filter over the trail's view; absent = everything. */
  readonly filter?: ViewFilter;
  readonly filterWords: readonly string[];
  /** Milliseconds: how long a request may still get its answer. */
  readonly exchangeWait: number;
  /** Milliseconds: a silence of a source this long is told of. */
  readonly silence: number;
}
