import type { ErrorCode } from '../domain/errors.js';
import type { JsonObject } from '../domain/canonical-json.js';
import type { ReportKind, ReportRun, RunPhase, RunStatus, StoredAttachment } from './domain/report-run.js';

/** A run as callers see it. Times are RFC 3339. */
export interface ReportRunView {
  readonly id: string;
  readonly kind: ReportKind;
  /** The period: `from` belongs to it, `to` does not. */
  readonly from: string;
  readonly to: string;
  /** Trail filters, all of which hold; none = everything. */
  readonly filters: readonly JsonObject[];
  readonly named: boolean;
  readonly status: RunStatus;
  readonly phase: RunPhase;
  /** 0 to 1. */
  readonly progress: number;
  /** Subject of whoever asked for it. */
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** The log point that the report reflects. */
  readonly asOf?: string;
  /** Version of Keytrail that makes it. */
  readonly version?: string;
  /** Events the report covers. */
  readonly events?: number;
  readonly pdf?: NonNullable<ReportRun['pdf']>;
  readonly attachments?: readonly StoredAttachment[];
  readonly error?: ErrorCode;
}

export function reportRunView(run: ReportRun): ReportRunView {
  const { id, request, start, status, phase, progress, requestedAt, requestedBy } = run;
  const { kind, period, scope, named } = request;
  return {
    id,
    kind,
    ...period,
    filters: scope.filters,
    named,
    status,
    phase,
    progress,
    requestedBy: requestedBy.subject,
    requestedAt,
    ...(start && { startedAt: start.at, asOf: start.asOf, version: start.version }),
    ...(run.finishedAt !== undefined && { finishedAt: run.finishedAt }),
    ...(run.events !== undefined && { events: run.events }),
    ...(run.pdf && { pdf: run.pdf }),
    ...(run.attachments && { attachments: run.attachments }),
    ...(run.error && { error: run.error }),
  };
}
