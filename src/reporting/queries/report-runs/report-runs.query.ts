import { Query } from '@nestjs/cqrs';
import type { ReportRunView } from '../../report-run.view.js';

export interface ReportRunsPage {
  readonly reports: readonly ReportRunView[];
  /** The cursor of the next page; absent on the last one. */
  readonly next?: string;
}

/** The records of all runs, newest first. `cursor`: the id of the last run of the page before. */
export class ReportRunsQuery extends Query<ReportRunsPage> {
  constructor(readonly page: { readonly cursor?: string; readonly limit: number }) {
    super();
  }
}
