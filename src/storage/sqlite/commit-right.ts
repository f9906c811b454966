import type { MayCommit } from './connection.js';

const OPEN = 0;
const TAKEN = 1;
const WITHDRAWN = 2;

/**
 * Settles between two threads whether a write may still happen. The writer takes the right at the last moment before
 * its commit; a caller that waits no longer withdraws it. One of them wins: a caller who withdrew knows that nothing
 * was written, and never will be.
 */
export class CommitRight {
  readonly #state: Int32Array;

  /** `memory` crosses to the other thread. */
  constructor(readonly memory = new SharedArrayBuffer(4)) {
    this.#state = new Int32Array(memory);
  }

  /** For the writer: `true` when it may commit. */
  take: MayCommit = () => Atomics.compareExchange(this.#state, 0, OPEN, TAKEN) === OPEN;

  /** For the caller: `true` when nothing will be written; `false` when a commit has begun. */
  withdraw(): boolean {
    return Atomics.compareExchange(this.#state, 0, OPEN, WITHDRAWN) === OPEN;
  }

  /** For the writer: `true` when there is no point in beginning. */
  get withdrawn(): boolean {
    return Atomics.load(this.#state, 0) === WITHDRAWN;
  }
}
