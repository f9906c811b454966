import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { ReportRun } from '../../domain/report-run.js';

/** Stops a run that is not finished, and gives its record back; a finished one stays as it is. An event if it stopped. */
export class CancelReportCommand extends Command<ReportRun> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
