import { promised } from '../../sqlite/promised.js';
import type {
  ViewAggregation,
  ViewBuckets,
  FoundDocument,
  ViewGeneration,
  ViewPage,
  ViewQuery,
} from '../read-store.port.js';
import type { ViewFilter } from '../view-filter.js';
import { ReadStoreReader, type ReadOptions } from './read-store-reader.js';

/** Queries in the calling thread, on a connection that only reads. */
export class InThreadQueries {
  readonly #reader: ReadStoreReader;

  constructor(options: ReadOptions) {
    this.#reader = new ReadStoreReader(options);
  }

  generations(view: string): Promise<readonly ViewGeneration[]> {
    return promised(() => this.#reader.generations(view));
  }

  get(view: string, id: string, generation?: number): Promise<FoundDocument | undefined> {
    return promised(() => this.#reader.get(view, id, generation));
  }

  query(query: ViewQuery): Promise<ViewPage> {
    return promised(() => this.#reader.query(query));
  }

  count(view: string, filter?: ViewFilter): Promise<number> {
    return promised(() => this.#reader.count(view, filter));
  }

  aggregate(aggregation: ViewAggregation): Promise<ViewBuckets> {
    return promised(() => this.#reader.aggregate(aggregation));
  }

  close(): Promise<void> {
    return promised(() => {
      this.#reader.close();
    });
  }
}
