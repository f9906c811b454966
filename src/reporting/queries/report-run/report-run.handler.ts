import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reportRunView, type ReportRunView } from '../../report-run.view.js';
import { ReportRuns } from '../../runs/report-runs.js';
import { ReportRunQuery } from './report-run.query.js';

@QueryHandler(ReportRunQuery)
export class ReportRunHandler implements IQueryHandler<ReportRunQuery> {
  constructor(private readonly runs: ReportRuns) {}

  async execute({ id }: ReportRunQuery): Promise<ReportRunView> {
    return reportRunView(await this.runs.get(id));
  }
}
