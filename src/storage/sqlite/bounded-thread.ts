import type { Transferable } from 'node:worker_threads';
import { KeytrailError, type ErrorCode, type ErrorFacts } from '../../domain/errors.js';
import type { WorkerThread } from '../../platform/worker-threads/worker-thread.js';

/** More calls than this unanswered: the thread hangs, and what comes now is refused at once. */
const MAX_WAITING = 256;

export interface BoundedThreadOptions {
  readonly store: string;
  /** The longest that a caller waits. */
  readonly waitMs: number;
  /** What a caller is told who waited in vain. */
  readonly unavailable: ErrorCode;
  readonly start: () => WorkerThread;
}

export interface BoundedCall {
  readonly method: string;
  readonly argument: unknown;
  readonly transfer?: readonly Transferable[];
  /** Another bound than the thread's own, in milliseconds: a start may take longer than a call. */
  readonly waitMs?: number;
  /** Called when the caller waits no longer; answers with facts for its error. */
  readonly giveUp?: () => ErrorFacts;
}

/**
 * Calls to a thread, each answered within a bounded time even when the disk or the thread hangs. The thread starts with
 * the first call; one that ended is replaced at the next.
 */
export class BoundedThread {
  #thread: WorkerThread | undefined;
  #waiting = 0;

  constructor(private readonly options: BoundedThreadOptions) {}

  call<Result>(call: BoundedCall): Promise<Result> {
    if (this.#waiting >= MAX_WAITING) return Promise.reject(this.#unavailable(call));
    this.#waiting += 1;
    const answer = this.#running().call<Result>(call.method, call.argument, call.transfer);
    const counted = answer.finally(() => {
      this.#waiting -= 1;
    });
    return new Promise<Result>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(this.#unavailable(call));
      }, call.waitMs ?? this.options.waitMs);
      void counted.then(resolve, reject).finally(() => {
        clearTimeout(timer);
      });
    });
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

  #unavailable({ giveUp, waitMs = this.options.waitMs }: BoundedCall): KeytrailError {
    const { store, unavailable } = this.options;
    return new KeytrailError(unavailable, { store, reason: 'no-answer', waitMs, ...giveUp?.() });
  }
}
