import { randomBytes } from 'node:crypto';
import { CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { OutboxEvents } from '../../../ingestion/outbox/outbox-events.port.js';
import { Clock } from '../../../platform/clock.js';
import { TrailScopeQuery } from '../../../trail/queries/trail-scope/trail-scope.query.js';
import { readPeriod, type ReportPeriod } from '../../domain/report-period.js';
import { newRun } from '../../domain/report-run.js';
import { reportRunView, type ReportRunView } from '../../report-run.view.js';
import { runId } from '../../domain/run-id.js';
import { reportDetails } from '../../domain/report-details.js';
import { ReportQueue } from '../../runs/report-queue.js';
import { ReportRuns } from '../../runs/report-runs.js';
import { Requesters } from '../../runs/requesters.js';
import { RequestReportCommand, type WantedReport } from './request-report.command.js';
import { NOT_FOR_REPORTS } from '../../domain/not-for-reports.js';

@CommandHandler(RequestReportCommand)
export class RequestReportHandler implements ICommandHandler<RequestReportCommand> {
  constructor(
    private readonly queries: QueryBus,
    private readonly requesters: Requesters,
    private readonly runs: ReportRuns,
    private readonly outbox: OutboxEvents,
    private readonly queue: ReportQueue,
    private readonly clock: Clock,
  ) {}

  async execute({ wanted, caller }: RequestReportCommand): Promise<ReportRunView> {
    const { named, kind, filters } = wanted;
    if (named && !caller.principal.permissions.has('identities:read')) {
      throw new KeytrailError('ACCESS.DENIED', { permission: 'identities:read' });
    }
    refuseScope(filters);
    const period = periodOf(wanted);
    await this.#refuseFlood();
    const scope = await this.queries.execute(new TrailScopeQuery(filters, caller));
    const now = this.clock.now();
    const run = newRun({
      id: runId(now.getTime(), randomBytes(10)),
      request: { kind, period, named, scope },
      requestedBy: await this.requesters.of(caller, now),
      requestedAt: now.toISOString(),
    });
    const details = reportDetails(run);
    const event = await this.outbox.prepare(
      { action: 'keytrail.report_requested', outcome: 'success', details },
      caller,
    );
    await this.runs.create(run, [event]);
    this.outbox.notify();
    this.queue.look();
    return reportRunView(run);
  }

  /** They are made one after the other: more than a day's work is asked for by mistake, or to hold up others. */
  async #refuseFlood(): Promise<void> {
    const waiting = (await this.runs.open()).length;
    if (waiting < WAITING_LIMIT) return;
    throw new KeytrailError('REPORTING.TOO_MANY_WAITING', { limit: WAITING_LIMIT, retryAfter: RETRY_AFTER_SECONDS });
  }
}

/** Reports that wait or are being made. */
export const WAITING_LIMIT = 100;
const RETRY_AFTER_SECONDS = 60;

function refuseScope(filters: WantedReport['filters']): void {
  const refused = NOT_FOR_REPORTS.filter((term) => term in filters);
  if (refused.length === 0) return;
  throw new KeytrailError('REQUEST.INVALID', { errors: refused.map((term) => `filters: ${term} is not for reports`) });
}

function periodOf({ from, to }: WantedReport): ReportPeriod {
  const read = readPeriod(from, to);
  if (!read.ok) throw new KeytrailError('REQUEST.INVALID', { errors: read.errors });
  return read.period;
}
