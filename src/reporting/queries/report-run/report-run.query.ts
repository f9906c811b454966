import { Query } from '@nestjs/cqrs';
import type { ReportRunView } from '../../report-run.view.js';

/** The record of one run. @throws KeytrailError REPORTING.REPORT_NOT_FOUND */
export class ReportRunQuery extends Query<ReportRunView> {
  constructor(readonly id: string) {
    super();
  }
}
