import { WorkerThread } from '../../../platform/worker-threads/worker-thread.js';
import { BoundedWriter } from '../../sqlite/bounded-writer.js';
import type { FileOptions } from '../../sqlite/sqlite-file.js';
import type { StateKey } from '../state-store.port.js';
import type { DocumentRow } from './document-row.js';
import { STATE_STORE_FORMAT } from './state-store-format.js';
import type { ChangeRow, NewRow } from './state-writer.js';

export interface ThreadedStateOptions extends FileOptions {
  /** The longest that a write may take; `busyMs` should be shorter, so that a lock is told as one. */
  readonly waitMs: number;
}

/** The state's writer in a thread of its own. */
export class ThreadedStateWriter {
  readonly #writer: BoundedWriter;

  constructor(options: ThreadedStateOptions) {
    this.#writer = new BoundedWriter({
      store: STATE_STORE_FORMAT.store,
      waitMs: options.waitMs,
      unavailable: 'STORAGE.UNAVAILABLE',
      start: () => new WorkerThread(new URL('./state-store.worker.js', import.meta.url), options),
    });
  }

  open(): Promise<void> {
    return this.#writer.open();
  }

  put(change: ChangeRow): Promise<DocumentRow | false> {
    return this.#writer.call('put', change);
  }

  createMany(documents: readonly NewRow[]): Promise<DocumentRow[]> {
    return this.#writer.call('createMany', documents);
  }

  clearOutbox(key: StateKey, eventIds: readonly string[]): Promise<unknown> {
    return this.#writer.call('clearOutbox', { key, eventIds });
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}
