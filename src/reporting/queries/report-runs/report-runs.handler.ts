import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { isUuid } from '../../../domain/uuid.js';
import { reportRunView } from '../../report-run.view.js';
import { ReportRuns } from '../../runs/report-runs.js';
import { ReportRunsQuery, type ReportRunsPage } from './report-runs.query.js';

@QueryHandler(ReportRunsQuery)
export class ReportRunsHandler implements IQueryHandler<ReportRunsQuery> {
  constructor(private readonly runs: ReportRuns) {}

  async execute({ page }: ReportRunsQuery): Promise<ReportRunsPage> {
    const { cursor, limit } = page;
    if (cursor !== undefined && !isUuid(cursor)) {
      throw new KeytrailError('REQUEST.INVALID', { errors: ['cursor: is not one of a list of reports'] });
    }
    const found = await this.runs.list({ limit: limit + 1, ...(cursor !== undefined && { after: cursor }) });
    const reports = found.slice(0, limit).map((run) => reportRunView(run));
    const last = reports.at(-1);
    return found.length > limit && last ? { reports, next: last.id } : { reports };
  }
}
