import { WorkerThread } from '../../../platform/worker-threads/worker-thread.js';
import { BoundedWriter } from '../../sqlite/bounded-writer.js';
import type { FileOptions } from '../../sqlite/sqlite-file.js';
import { EVENT_LOG_FORMAT } from './event-log-format.js';
import type { AppendedOffsets, RecordBatch } from './record-batch.js';

export interface ThreadedLogOptions extends FileOptions {
  /** The longest that an append may take; `busyMs` should be shorter, so that a lock is told as one. */
  readonly waitMs: number;
}

/** The log's writer in a thread of its own. */
export class ThreadedLogWriter {
  readonly #writer: BoundedWriter;

  constructor(options: ThreadedLogOptions) {
    this.#writer = new BoundedWriter({
      store: EVENT_LOG_FORMAT.store,
      waitMs: options.waitMs,
      unavailable: 'INGESTION.UNAVAILABLE',
      start: () => new WorkerThread(new URL('./event-log.worker.js', import.meta.url), options),
    });
  }

  open(): Promise<void> {
    return this.#writer.open();
  }

  append(batch: RecordBatch): Promise<AppendedOffsets> {
    return this.#writer.call('append', batch, [batch]);
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}
