import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { ReportKind } from '../../domain/report-run.js';
import type { ReportRunView } from '../../report-run.view.js';

/** What a caller asks for; times as they were given. */
export interface WantedReport {
  readonly kind: ReportKind;
  /** A day (its first moment, UTC) or an RFC 3339 time; belongs to the period. */
  readonly from: string;
  /** The same; does not belong to the period. */
  readonly to: string;
  /** Terms of a trail filter, without a period. */
  readonly filters: Readonly<Record<string, unknown>>;
  readonly named: boolean;
}

/**
 * Has a report made. The answer is the run's record; the report follows in its own time. An event.
 * @throws KeytrailError REQUEST.INVALID, TRAIL.*, ACCESS.DENIED for a named report without `identities:read`
 */
export class RequestReportCommand extends Command<ReportRunView> {
  constructor(
    readonly wanted: WantedReport,
    readonly caller: Caller,
  ) {
    super();
  }
}
