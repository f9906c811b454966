import { KeytrailError } from '../../domain/errors.js';
import type { Clock } from '../../platform/clock.js';
import type { Health } from '../../platform/health/health.js';
import type { RecordEventsResult } from '../commands/record-events/record-events.command.js';
import { RETRY_AFTER_SECONDS } from '../ingestion-limits.js';
import type { GroupCommit } from './group-commit.js';
import type { Outage } from './outage.js';
import { bytesIn, eventsIn, type Submission } from './submission.js';

export interface CommitterOptions {
  /** How long a submission may wait for its commit to begin, in milliseconds. */
  readonly waitMs: number;
  /** How long the first submission of an idle moment waits for others, in milliseconds. */
  readonly lingerMs: number;
  /** How long after a failed commit, if nobody comes, the log is tried again, in milliseconds. */
  readonly probeMs: number;
  readonly limits: { readonly events: number; readonly bytes: number };
}

interface Waiting {
  readonly submission: Submission;
  readonly resolve: (result: RecordEventsResult) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The queue before the log: gathers what arrives within a few milliseconds into one commit, one commit at a time. When a
 * commit fails everybody in it is refused, and the next one simply tries again.
 */
export class Committer {
  readonly #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #probe: NodeJS.Timeout | undefined;

  constructor(
    private readonly groupCommit: Pick<GroupCommit, 'run'>,
    private readonly outage: Outage,
    private readonly clock: Clock,
    private readonly health: Pick<Health, 'report'>,
    private readonly options: CommitterOptions,
  ) {}

  /** @throws KeytrailError `INGESTION.*`, `STORAGE.*` within a bounded time, with nothing of the submission written */
  submit(submission: Submission): Promise<RecordEventsResult> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { submission, resolve, reject, timer: this.#deadline(() => waiting) };
      this.#queue.push(waiting);
      this.#running ??= this.#run();
    });
  }

  /** Resolves when everything submitted before has been answered. */
  async drain(): Promise<void> {
    clearTimeout(this.#probe);
    while (this.#running) await this.#running;
    clearTimeout(this.#probe);
  }

  #deadline(waiting: () => Waiting): NodeJS.Timeout {
    return setTimeout(() => {
      const late = waiting();
      this.#queue.splice(this.#queue.indexOf(late), 1);
      this.#refuse([late], new KeytrailError('INGESTION.UNAVAILABLE', { waitedMs: this.options.waitMs }));
    }, this.options.waitMs);
  }

  async #run(): Promise<void> {
    const { lingerMs } = this.options;
    if (lingerMs > 0) await new Promise((resolve) => setTimeout(resolve, lingerMs));
    while (this.#queue.length > 0) await this.#commit(this.#take());
    this.#running = undefined;
  }

  /** The longest head of the queue that one commit may hold, and at least one submission. */
  #take(): readonly Waiting[] {
    const { limits } = this.options;
    let [count, events, bytes] = [0, 0, 0];
    for (const { submission } of this.#queue) {
      events += eventsIn(submission);
      bytes += bytesIn(submission);
      if (count > 0 && (events > limits.events || bytes > limits.bytes)) break;
      count += 1;
    }
    const taken = this.#queue.splice(0, count);
    for (const { timer } of taken) clearTimeout(timer);
    return taken;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.groupCommit.run(batch.map(({ submission }) => submission));
      this.health.report('event_log', { state: 'working' });
      for (const [index, result] of results.entries()) batch[index]?.resolve(result);
    } catch (error) {
      await this.#failed(batch, error);
    }
  }

  /** What is no storage failure is one submission's fault: the others are tried without it. */
  async #failed(batch: readonly Waiting[], error: unknown): Promise<void> {
    const known = error instanceof KeytrailError && error.code !== 'INTERNAL.UNEXPECTED';
    if (!known && batch.length > 1) {
      for (const one of batch) await this.#commit([one]);
      return;
    }
    if (known) {
      this.health.report('event_log', { state: 'failed', code: error.code });
      this.#probeLater();
    }
    this.#refuse(batch, error);
  }

  #refuse(batch: readonly Waiting[], error: unknown): void {
    const refusal =
      error instanceof KeytrailError
        ? new KeytrailError(error.code, { ...error.facts, retryAfter: RETRY_AFTER_SECONDS })
        : error;
    for (const { reject } of batch) {
      this.outage.refused(this.clock.now().getTime(), 'storage');
      reject(refusal);
    }
  }

  /** A service that is not ready gets no requests, so it must find out by itself that the log is back. */
  #probeLater(): void {
    clearTimeout(this.#probe);
    this.#probe = setTimeout(() => {
      this.#running ??= this.#commit([]).then(() => this.#run());
    }, this.options.probeMs);
    this.#probe.unref();
  }
}
