import { CommandBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { RecordEventsCommand } from '../../../ingestion/commands/record-events/record-events.command.js';
import { downloadName } from '../../domain/download-name.js';
import { reportDetails } from '../../domain/report-details.js';
import type { ReportRun, StoredFile } from '../../domain/report-run.js';
import { ReportFiles } from '../../runs/report-files.js';
import { ReportRuns } from '../../runs/report-runs.js';
import { ReportFileQuery, type ReportFileView } from './report-file.query.js';

@QueryHandler(ReportFileQuery)
export class ReportFileHandler implements IQueryHandler<ReportFileQuery> {
  constructor(
    private readonly runs: ReportRuns,
    private readonly files: ReportFiles,
    private readonly commands: CommandBus,
  ) {}

  async execute({ id, file, caller }: ReportFileQuery): Promise<ReportFileView> {
    const run = await this.runs.get(id);
    if (run.request.named && !caller.principal.permissions.has('identities:read')) {
      throw new KeytrailError('ACCESS.DENIED', { permission: 'identities:read' });
    }
    const stored = fileOf(run, file);
    const path = await this.files.path(id, stored);
    const details = { ...reportDetails(run), file: stored.name, sha256: stored.sha256 };
    await this.commands.execute(
      new RecordEventsCommand(
        { form: 'own', events: [{ action: 'keytrail.report_downloaded', outcome: 'success', details }] },
        caller,
      ),
    );
    const mime = file === 'pdf' ? 'application/pdf' : 'text/csv; charset=utf-8';
    return { path, mime, name: downloadName(run, stored.name), bytes: stored.bytes, sha256: stored.sha256 };
  }
}

function fileOf(run: ReportRun, file: ReportFileQuery['file']): StoredFile {
  if (run.status === 'failed' || run.status === 'cancelled')
    throw new KeytrailError('REPORTING.NOT_MADE', { ended: run.status });
  if (!run.pdf) throw new KeytrailError('REPORTING.NOT_FINISHED', { progress: run.progress });
  if (file === 'pdf') return run.pdf;
  const found = run.attachments?.find(({ name }) => name === file.attachment);
  if (!found) throw new KeytrailError('REPORTING.REPORT_NOT_FOUND');
  return found;
}
