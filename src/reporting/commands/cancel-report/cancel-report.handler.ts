import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OutboxEvents } from '../../../ingestion/outbox/outbox-events.port.js';
import { Clock } from '../../../platform/clock.js';
import { reportDetails } from '../../domain/report-details.js';
import { isOpen } from '../../domain/report-run.js';
import { reportRunView, type ReportRunView } from '../../report-run.view.js';
import { ReportQueue } from '../../runs/report-queue.js';
import { ReportRuns } from '../../runs/report-runs.js';
import { CancelReportCommand } from './cancel-report.command.js';

@CommandHandler(CancelReportCommand)
export class CancelReportHandler implements ICommandHandler<CancelReportCommand> {
  constructor(
    private readonly runs: ReportRuns,
    private readonly outbox: OutboxEvents,
    private readonly queue: ReportQueue,
    private readonly clock: Clock,
  ) {}

  async execute({ id, caller }: CancelReportCommand): Promise<ReportRunView> {
    const run = await this.runs.get(id);
    if (!isOpen(run)) return reportRunView(run);
    const event = await this.outbox.prepare(
      { action: 'keytrail.report_cancelled', outcome: 'success', details: reportDetails(run) },
      caller,
    );
    const at = this.clock.now().toISOString();
    const cancelled = await this.runs.change(id, { type: 'cancelled', at }, [event]);
    if (!cancelled) return reportRunView(await this.runs.get(id));
    this.outbox.notify();
    await this.queue.stop(id);
    return reportRunView(cancelled);
  }
}
