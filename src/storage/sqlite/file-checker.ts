import { setTimeout as sleep } from 'node:timers/promises';
import { WorkerThread } from '../../platform/worker-threads/worker-thread.js';

/** Looks whether a database file is whole, in a thread of its own, as all of it is read. One look at a time. */
export class FileChecker {
  #thread: WorkerThread | undefined;
  #running: Promise<boolean> | undefined;

  constructor(private readonly path: string) {}

  /** `undefined` when it is not known within `waitMs`: the look goes on, and who asks next is told of it. */
  async look(waitMs: number): Promise<boolean | undefined> {
    const running = (this.#running ??= this.#begin());
    const stop = new AbortController();
    try {
      const late = sleep(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
      const found = await Promise.race([running, late]);
      if (found !== undefined) this.#running = undefined;
      return found;
    } catch (error) {
      this.#running = undefined;
      throw error;
    } finally {
      stop.abort();
    }
  }

  async close(): Promise<void> {
    await this.#thread?.kill();
  }

  async #begin(): Promise<boolean> {
    const thread = new WorkerThread(new URL('./file-check.worker.js', import.meta.url), { path: this.path });
    this.#thread = thread;
    try {
      return await thread.call<boolean>('look');
    } finally {
      this.#thread = undefined;
      await thread.close();
    }
  }
}
