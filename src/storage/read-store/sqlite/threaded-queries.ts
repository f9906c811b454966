import { WorkerThread } from '../../../platform/worker-threads/worker-thread.js';
import { BoundedThread } from '../../sqlite/bounded-thread.js';
import type {
  ViewAggregation,
  ViewBuckets,
  FoundDocument,
  ViewGeneration,
  ViewPage,
  ViewQuery,
} from '../read-store.port.js';
import type { ViewFilter } from '../view-filter.js';
import { READ_STORE_FORMAT } from './read-store-format.js';
import type { ReadOptions } from './read-store-reader.js';

/** Queries may wait for each other, but not without end. */
const QUEUE_FACTOR = 2;

/** Queries in threads of their own: one for pages, one for what may take longer, so that no page waits for it. */
export class ThreadedQueries {
  readonly #pages: BoundedThread;
  readonly #counts: BoundedThread;

  constructor(options: ReadOptions) {
    const thread = (): BoundedThread =>
      new BoundedThread({
        store: READ_STORE_FORMAT.store,
        waitMs: options.queryMs * QUEUE_FACTOR,
        unavailable: 'STORAGE.UNAVAILABLE',
        start: () => new WorkerThread(new URL('./read-store.worker.js', import.meta.url), options),
      });
    this.#pages = thread();
    this.#counts = thread();
  }

  generations(view: string): Promise<readonly ViewGeneration[]> {
    return this.#pages.call({ method: 'generations', argument: view });
  }

  get(view: string, id: string, generation?: number): Promise<FoundDocument | undefined> {
    return this.#pages.call({ method: 'get', argument: { view, id, generation } });
  }

  query(query: ViewQuery): Promise<ViewPage> {
    return this.#pages.call({ method: 'query', argument: query });
  }

  count(view: string, filter?: ViewFilter): Promise<number> {
    return this.#counts.call({ method: 'count', argument: { view, filter } });
  }

  aggregate(aggregation: ViewAggregation): Promise<ViewBuckets> {
    return this.#counts.call({ method: 'aggregate', argument: aggregation });
  }

  async close(): Promise<void> {
    await Promise.all([this.#pages.close(), this.#counts.close()]);
  }
}
