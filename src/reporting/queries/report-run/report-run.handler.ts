import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ReportRun } from '../../domain/report-run.js';
import { ReportRuns } from '../../runs/report-runs.js';
import { ReportRunQuery } from './report-run.query.js';

@QueryHandler(ReportRunQuery)
export class ReportRunHandler implements IQueryHandler<ReportRunQuery> {
  constructor(private readonly runs: ReportRuns) {}

  execute({ id }: ReportRunQuery): Promise<ReportRun> {
    return this.runs.get(id);
  }
}
