import type { Transferable } from 'node:worker_threads';
import { KeytrailError, type ErrorCode } from '../../domain/errors.js';
import type { WorkerThread } from '../../platform/worker-threads/worker-thread.js';
import { CommitRight } from './commit-right.js';

/** More calls than this unanswered: the thread hangs, and what comes now is refused at once. */
const MAX_WAITING = 256;

export interface BoundedWriterOptions {
  readonly store: string;
  /** The longest that a caller waits. */
  readonly waitMs: number;
  /** What a caller is told who waited in vain. */
  readonly unavailable: ErrorCode;
  readonly start: () => WorkerThread;
}

/** What a writer thread's handlers are called with. */
export interface WriteCall<Argument> {
  readonly argument: Argument;
  readonly right: SharedArrayBuffer;
}

/**
 * Calls to a thread that writes, each answered within a bounded time even when the disk or the thread hangs. A thread
 * that ended is replaced at the next call.
 */
export class BoundedWriter {
  #thread: WorkerThread | undefined;
  #waiting = 0;

  constructor(private readonly options: BoundedWriterOptions) {}

  async call<Result>(method: string, argument: unknown, transfer: readonly Transferable[] = []): Promise<Result> {
    if (this.#waiting >= MAX_WAITING) throw this.#unavailable('nothing_written');
    const right = new CommitRight();
    const call: WriteCall<unknown> = { argument, right: right.memory };
    this.#waiting += 1;
    const answer = this.#running().call<Result>(method, call, transfer);
    const counted = answer.finally(() => {
      this.#waiting -= 1;
    });
    return await this.#within(counted, right);
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.close();
  }

  #running(): WorkerThread {
    if (this.#thread) return this.#thread;
    const thread = this.options.start();
    this.#thread = thread;
    void thread.exited.then(() => {
      if (this.#thread === thread) this.#thread = undefined;
    });
    return thread;
  }

  /** Waits for the answer at most `waitMs`, then withdraws the right to commit. */
  #within<Result>(answer: Promise<Result>, right: CommitRight): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(this.#unavailable(right.withdraw() ? 'nothing_written' : 'unknown'));
      }, this.options.waitMs);
      answer.then(resolve, reject).finally(() => {
        clearTimeout(timer);
      });
    });
  }

  #unavailable(outcome: 'nothing_written' | 'unknown'): KeytrailError {
    const { store, waitMs, unavailable } = this.options;
    return new KeytrailError(unavailable, { store, waitedMs: waitMs, outcome });
  }
}
