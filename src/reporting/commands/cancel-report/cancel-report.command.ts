import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { ReportRunView } from '../../report-run.view.js';

/** Stops a run that is not finished, and gives its record back; a finished one stays as it is. An event if it stopped. */
export class CancelReportCommand extends Command<ReportRunView> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
