import { Injectable } from '@nestjs/common';
import { KeytrailError } from '../../domain/errors.js';
import { NOBODY } from '../../domain/principal.js';
import type { ReportCompletedDetails } from '../../domain/details.js';
import type { OwnEvent } from '../../ingestion/commands/record-events/record-events.command.js';
import { OutboxEvents } from '../../ingestion/outbox/outbox-events.port.js';
import { Clock } from '../../platform/clock.js';
import { KEYTRAIL_VERSION } from '../../platform/version.js';
import { reportDetails } from '../domain/report-details.js';
import type { ReportRun, RunEvent, RunResult, RunStart } from '../domain/report-run.js';
import { ReportFiles } from './report-files.js';
import { ReportRuns } from './report-runs.js';
import { ReportThreads } from './report-threads.js';
import { StartPoint } from './start-point.js';

/** Takes one run from its start to its end. */
@Injectable()
export class ReportMaker {
  constructor(
    private readonly runs: ReportRuns,
    private readonly files: ReportFiles,
    private readonly startPoint: StartPoint,
    private readonly threads: ReportThreads,
    private readonly outbox: OutboxEvents,
    private readonly clock: Clock,
  ) {}

  /** Throws what went wrong; the run's record says nothing of that yet. Nothing is left behind then. */
  async make(run: ReportRun, signal: AbortSignal): Promise<void> {
    if (run.start) await this.startPoint.check(run.start);
    const start = run.start ?? (await this.#startNow(run, signal));
    if (!(await this.runs.change(run.id, { type: 'started', start }))) return;
    const folder = await this.files.begin(run.id);
    try {
      const result = await this.threads.make({ run: { ...run, start } }, folder, signal);
      await this.files.finish(run.id);
      await this.#complete(run, start, result);
    } finally {
      await this.files.discard(run.id);
    }
  }

  /** Writes down that the run can't be made, with the event that tells of it. */
  async giveUp(run: ReportRun, error: KeytrailError): Promise<void> {
    const details = { ...reportDetails(run), code: error.code };
    const at = this.clock.now().toISOString();
    await this.#end(
      run,
      { type: 'failed', at, error: error.code },
      { action: 'keytrail.report_failed', outcome: 'failure', reason: 'error', details },
    );
  }

  async #startNow(run: ReportRun, signal: AbortSignal): Promise<RunStart> {
    await this.runs.change(run.id, { type: 'progressed', phase: 'catching_up', progress: 0 });
    const point = await this.startPoint.find(signal);
    return { ...point, at: this.clock.now().toISOString(), version: KEYTRAIL_VERSION };
  }

  async #complete(run: ReportRun, start: RunStart, result: RunResult): Promise<void> {
    const at = this.clock.now().toISOString();
    const details: ReportCompletedDetails = {
      ...reportDetails(run),
      asOf: start.asOf,
      events: result.events,
      sha256: result.pdf.sha256,
    };
    const ended = await this.#end(
      run,
      { type: 'completed', at, result },
      { action: 'keytrail.report_completed', outcome: 'success', details },
    );
    if (!ended) await this.files.remove(run.id);
  }

  /** The act is Keytrail's own; the details say who had asked for it. */
  async #end(run: ReportRun, ended: RunEvent, event: OwnEvent): Promise<boolean> {
    const prepared = await this.outbox.prepare(event, { principal: NOBODY, requestId: run.id });
    const changed = await this.runs.change(run.id, ended, [prepared]);
    if (changed) this.outbox.notify();
    return changed !== undefined;
  }
}
