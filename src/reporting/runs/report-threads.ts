import { Injectable } from '@nestjs/common';
import { KeytrailConfig } from '../../config/keytrail.config.js';
import { WorkerThread } from '../../platform/worker-threads/worker-thread.js';
import { overallProgress, type RunPhase, type RunResult } from '../domain/report-run.js';
import type { ReportTask } from '../domain/report-task.js';
import { ReportRuns } from './report-runs.js';

/** Milliseconds. */
const SILENCE = 24 * 3_600_000;
const PROGRESS_STEP = 1_000;

/** Pages of events leave much behind: without a bound the heap grows before it is cleaned, by hundreds of MiB. */
const HEAP = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 320 };

/** What the thread is started with. */
export interface ReportThreadData {
  readonly task: ReportTask;
  readonly folder: string;
  /** The data folder, whose read store it reads. */
  readonly data: string;
}

/** Makes reports in threads of their own, so that no request waits for one. */
@Injectable()
export class ReportThreads {
  constructor(
    private readonly config: KeytrailConfig,
    private readonly runs: ReportRuns,
  ) {}

  /** Ends the thread at once when the signal is raised, and throws. */
  async make(task: Pick<ReportTask, 'run'>, folder: string, signal: AbortSignal): Promise<RunResult> {
    signal.throwIfAborted();
    const whole: ReportTask = { ...task, exchangeWait: this.config.waits.exchange, silence: SILENCE };
    const data: ReportThreadData = { task: whole, folder, data: this.config.data };
    const entry = new URL('../report.worker.js', import.meta.url);
    const thread = new WorkerThread(entry, data, { progress: this.#progressOf(task.run.id) }, HEAP);
    const end = (): void => void thread.kill();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await thread.call<RunResult>('make');
    } finally {
      signal.removeEventListener('abort', end);
      await thread.kill();
    }
  }

  /** Writes progress down at a change of phase and once a second. */
  #progressOf(id: string): (told: { phase: RunPhase; share: number }) => void {
    let phaseTold: RunPhase | undefined;
    let toldAt = 0;
    return ({ phase, share }) => {
      const now = performance.now();
      if (phase === phaseTold && now - toldAt < PROGRESS_STEP) return;
      phaseTold = phase;
      toldAt = now;
      const progress = overallProgress(phase, share);
      // Progress that can't be written down is no reason to stop.
      this.runs.change(id, { type: 'progressed', phase, progress }).catch(() => undefined);
    };
  }
}
