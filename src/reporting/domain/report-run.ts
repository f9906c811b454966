import type { ErrorCode } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/canonical-json.js';
import type { ViewQuery } from '../../storage/read-store/read-store.port.js';
import type { ReportPeriod } from './report-period.js';

/** The reports there are. */
export const REPORT_KINDS = ['secret-activity'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const RUN_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** What a run is busy with, in this order. */
export const RUN_PHASES = ['waiting', 'catching_up', 'counting', 'reading', 'drawing', 'storing'] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

/** Which part of the trail a report is about. It names nobody but by subject. */
export interface ReportScope {
  /** Trail filters without a period, all of which hold. */
  readonly filters: readonly JsonObject[];
  /** The same over the trail's view, as it was understood when the report was requested; absent = everything. */
  readonly matching?: NonNullable<ViewQuery['filter']>;
  /** The same in words, one term a line. */
  readonly words: readonly string[];
}

/** What was asked for. No personal data. */
export interface ReportRequest {
  readonly kind: ReportKind;
  readonly period: ReportPeriod;
  readonly scope: ReportScope;
  /** Prints names, e-mails and native ids beside the subjects. */
  readonly named: boolean;
}

/** Everything about a run that its pages show. Fixed at the start, so that the same record makes the same bytes. */
export interface RunStart {
  /** RFC 3339. The only time of making that the file holds. */
  readonly at: string;
  /** `formatLogPoint` of what the report reflects. */
  readonly asOf: string;
  /** Events on the log at that time that the views did not hold yet. */
  readonly behind: number;
  /** Version of Keytrail. */
  readonly version: string;
}

export interface StoredFile {
  readonly name: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface StoredAttachment extends StoredFile {
  readonly rows: number;
  /** In the PDF itself; beside it otherwise. Both can be downloaded. */
  readonly embedded: boolean;
}

/** The stored record of one run: a document of the collection `reports`. */
export interface ReportRun {
  readonly id: string;
  readonly request: ReportRequest;
  readonly requestedBy: { readonly subject: string; readonly kind: 'user' | 'service' };
  readonly requestedAt: string;
  readonly status: RunStatus;
  readonly phase: RunPhase;
  /** 0 to 1. */
  readonly progress: number;
  /** How often its making was begun. */
  readonly attempts: number;
  readonly start?: RunStart;
  readonly finishedAt?: string;
  readonly pdf?: StoredFile & { readonly pages: number };
  readonly attachments?: readonly StoredAttachment[];
  /** Events the report covers. */
  readonly events?: number;
  /** Why it failed; of one that waits, why it was put off. */
  readonly error?: ErrorCode;
}

export interface RunResult {
  readonly pdf: NonNullable<ReportRun['pdf']>;
  readonly attachments: readonly StoredAttachment[];
  readonly events: number;
}

/** What happens to a run. Times are RFC 3339. */
export type RunEvent =
  | { readonly type: 'started'; readonly start: RunStart }
  | { readonly type: 'progressed'; readonly phase: RunPhase; readonly progress: number }
  /** Its process ended: it waits again, with the start it had. */
  | { readonly type: 'interrupted' }
  /** A store did not answer: the same, and the attempt does not count. `error` says why, where it is no end of the process. */
  | { readonly type: 'postponed'; readonly error?: ErrorCode }
  | { readonly type: 'completed'; readonly at: string; readonly result: RunResult }
  | { readonly type: 'failed'; readonly at: string; readonly error: ErrorCode }
  | { readonly type: 'cancelled'; readonly at: string };

export function newRun(made: Pick<ReportRun, 'id' | 'request' | 'requestedBy' | 'requestedAt'>): ReportRun {
  return { ...made, status: 'queued', phase: 'waiting', progress: 0, attempts: 0 };
}

/** The run after the event, or `undefined` where the event can't happen any more: a finished run stays as it is. */
export function evolveRun(run: ReportRun, event: RunEvent): ReportRun | undefined {
  if (!isOpen(run)) return undefined;
  switch (event.type) {
    case 'started':
      return { ...withoutError(run), status: 'running', start: run.start ?? event.start, attempts: run.attempts + 1 };
    case 'progressed':
      return { ...run, phase: event.phase, progress: event.progress };
    case 'interrupted':
      return { ...run, status: 'queued', phase: 'waiting', progress: 0 };
    case 'postponed':
      return { ...putOff(run, event.error), attempts: Math.max(0, run.attempts - 1) };
    case 'completed':
      return { ...run, ...event.result, status: 'done', phase: 'storing', progress: 1, finishedAt: event.at };
    case 'failed':
      return { ...run, status: 'failed', finishedAt: event.at, error: event.error };
    case 'cancelled':
      return { ...run, status: 'cancelled', finishedAt: event.at };
  }
}

function putOff(run: ReportRun, error: ErrorCode | undefined): ReportRun {
  return { ...withoutError(run), status: 'queued', phase: 'waiting', progress: 0, ...(error && { error }) };
}

function withoutError({ error: _error, ...run }: ReportRun): ReportRun {
  return run;
}

export function isOpen(run: ReportRun): boolean {
  return run.status === 'queued' || run.status === 'running';
}

/** A run that was begun so often and never ended is given up: it may be what ends the process. */
export const ATTEMPTS = 3;

export function isGivenUp(run: ReportRun): boolean {
  return run.attempts >= ATTEMPTS;
}

const SHARES: Readonly<Record<RunPhase, readonly [from: number, to: number]>> = {
  waiting: [0, 0],
  catching_up: [0, 0.02],
  counting: [0.02, 0.3],
  reading: [0.3, 0.7],
  drawing: [0.7, 0.98],
  storing: [0.98, 1],
};

/** How much of the whole is done when this share of a phase is; both 0 to 1. */
export function overallProgress(phase: RunPhase, share: number): number {
  const [from, to] = SHARES[phase];
  return Math.round((from + (to - from) * share) * 1000) / 1000;
}
