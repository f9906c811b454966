import { Query } from '@nestjs/cqrs';
import type { ReportRun } from '../../domain/report-run.js';

/** The record of one run. @throws KeytrailError REPORTING.REPORT_NOT_FOUND */
export class ReportRunQuery extends Query<ReportRun> {
  constructor(readonly id: string) {
    super();
  }
}
