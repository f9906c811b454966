import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type ResourceLimits, type Transferable } from 'node:worker_threads';
import { KeytrailError } from '../../domain/errors.js';
import { MessagePeer, type Handlers } from './message-peer.js';

/**
 * A thread and the calls to it. `entry` is the URL of a `*.worker.js` beside the caller:
 * `new URL('./sqlite-event-log.worker.js', import.meta.url)`. When the caller itself runs from TypeScript (in tests) the
 * compiled twin in `dist/` is started.
 */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #peer: MessagePeer;
  readonly #exited: Promise<void>;

  constructor(entry: URL, data: unknown, handlers: Handlers = {}, resourceLimits: ResourceLimits = {}) {
    this.#worker = new Worker(compiled(entry), { workerData: data, resourceLimits });
    this.#peer = new MessagePeer(this.#worker, handlers);
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#peer.close(new KeytrailError('STORAGE.UNAVAILABLE', { part: 'thread' }));
        resolve();
      });
    });
    this.#worker.once('error', () => {
      this.#peer.close(new KeytrailError('INTERNAL.UNEXPECTED', { part: 'thread' }));
    });
  }

  call<Result>(method: string, argument?: unknown, transfer: readonly Transferable[] = []): Promise<Result> {
    return this.#peer.call<Result>(method, argument, transfer);
  }

  /** Resolves when the thread has ended, however it ended. */
  get exited(): Promise<void> {
    return this.#exited;
  }

  /** Lets an idle thread not hold the process. */
  unref(): void {
    this.#worker.unref();
  }

  /** Ends the thread at once, whatever it does. What it still owes fails with `STORAGE.UNAVAILABLE`. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Asks the thread to finish (`close` handler), then ends it. */
  async close(): Promise<void> {
    await this.#peer.call('close').catch(() => undefined);
    await this.#worker.terminate();
  }
}

function compiled(entry: URL): URL {
  if (existsSync(fileURLToPath(entry))) return entry;
  const twin = new URL(entry);
  twin.pathname = twin.pathname.replace(/\/src\/(?!.*\/src\/)/, '/dist/');
  return twin;
}
