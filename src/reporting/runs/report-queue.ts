import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { KeytrailConfig } from '../../config/keytrail.config.js';
import { KeytrailError } from '../../domain/errors.js';
import { fileError } from '../../platform/disk/file-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { describeError } from '../../platform/logging/describe-error.js';
import { isGivenUp, type ReportRun } from '../domain/report-run.js';
import { ReportFiles } from './report-files.js';
import { ReportMaker } from './report-maker.js';
import { ReportRuns } from './report-runs.js';

/** Milliseconds. Runs asked for in another process, and those put off, are found at the next look. */
const LOOK_EVERY = 15_000;

/** Makes the runs that wait, the oldest first, one at a time. What an end of the process interrupted is taken up again. */
@Injectable()
export class ReportQueue implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  readonly #enabled: boolean;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #lookAgain = false;
  /** Runs begun here: one that says it is running while nobody makes it could not be written down as ended. */
  readonly #begun = new Set<string>();
  #making: { readonly id: string; readonly abort: AbortController; readonly ended: Promise<void> } | undefined;

  constructor(
    private readonly runs: ReportRuns,
    private readonly maker: ReportMaker,
    private readonly files: ReportFiles,
    private readonly logger: Logger,
    config: KeytrailConfig,
  ) {
    this.#enabled = config.components.includes('reports');
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.#enabled) return;
    await this.files.discardAll();
    for (const run of await this.runs.open()) await this.#takeUp(run);
    this.#timer = setInterval(() => {
      this.look();
    }, LOOK_EVERY).unref();
    this.look();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    this.#making?.abort.abort();
    await this.#working;
  }

  /** Says that there may be a run to make. */
  look(): void {
    if (!this.#enabled || this.#stop.signal.aborted) return;
    this.#lookAgain = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  /** Ends the making of this run, if it is being made here. Resolves when nothing works on it any more. */
  async stop(id: string): Promise<void> {
    if (this.#making?.id !== id) return;
    this.#making.abort.abort();
    await this.#making.ended;
  }

  async #work(): Promise<void> {
    while (this.#lookAgain && !this.#stop.signal.aborted) {
      this.#lookAgain = false;
      try {
        await this.#makeAll();
      } catch (error) {
        this.logger.event('error.unexpected', { part: 'reports', ...describeError(error) });
      }
    }
  }

  async #makeAll(): Promise<void> {
    for (const run of await this.runs.open()) {
      if (run.status === 'queued' || this.#begun.has(run.id)) await this.#make(run);
    }
  }

  async #make(run: ReportRun): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const abort = new AbortController();
    this.#begun.add(run.id);
    const ended = this.#makeUntil(run, abort.signal);
    this.#making = { id: run.id, abort, ended };
    await ended;
    this.#making = undefined;
  }

  async #makeUntil(run: ReportRun, signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    try {
      await this.maker.make(run, signal);
    } catch (error) {
      await this.#failed(run, error, signal);
    }
    const { status, error, events } = await this.runs.get(run.id);
    const ms = Math.round(performance.now() - begun);
    this.logger.event('report.ended', { run: run.id, status, code: error, ms, events });
  }

  /** A store that does not answer, or the end of this process, is no fault of the report. */
  async #failed(run: ReportRun, thrown: unknown, signal: AbortSignal): Promise<void> {
    const told = fileError(thrown, 'reports');
    const error = told instanceof KeytrailError ? told : new KeytrailError('REPORTING.FAILED');
    if (signal.aborted || error.http === 503) {
      await this.runs.change(run.id, { type: 'postponed', ...(!signal.aborted && { error: error.code }) });
      return;
    }
    this.logger.event('error.unexpected', { part: 'reports', ...describeError(thrown) });
    await this.maker.giveUp(run, error);
  }

  async #takeUp(run: ReportRun): Promise<void> {
    if (isGivenUp(run)) await this.maker.giveUp(run, new KeytrailError('REPORTING.FAILED'));
    else if (run.status === 'running') await this.runs.change(run.id, { type: 'interrupted' });
  }
}
