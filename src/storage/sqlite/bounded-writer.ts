import type { Transferable } from 'node:worker_threads';
import { BoundedThread, type BoundedThreadOptions } from './bounded-thread.js';
import { CommitRight } from './commit-right.js';

/** A thread that starts loads its modules and opens or makes its file: on a busy machine that takes seconds. */
const OPEN_MS = 30_000;

/** What a writer thread's handlers are called with. */
export interface WriteCall<Argument> {
  readonly argument: Argument;
  readonly right: SharedArrayBuffer;
}

/** Calls to a thread that writes. A caller who gives up is told whether anything may still be written. */
export class BoundedWriter {
  readonly #thread: BoundedThread;

  constructor(options: BoundedThreadOptions) {
    this.#thread = new BoundedThread(options);
  }

  call<Result>(method: string, argument: unknown, transfer: readonly Transferable[] = []): Promise<Result> {
    const right = new CommitRight();
    const call: WriteCall<unknown> = { argument, right: right.memory };
    return this.#thread.call<Result>({
      method,
      argument: call,
      transfer,
      giveUp: () => ({ outcome: right.withdraw() ? 'nothing_written' : 'unknown' }),
    });
  }

  /** Starts the thread, which makes its file where it is missing. */
  open(): Promise<void> {
    return this.#thread.call({ method: 'open', argument: undefined, waitMs: OPEN_MS });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
