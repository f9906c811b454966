import { workerData } from 'node:worker_threads';
import { serveThread } from '../../../platform/worker-threads/serve-thread.js';
import type { ViewAggregation, ViewQuery } from '../read-store.port.js';
import type { ViewFilter } from '../view-filter.js';
import { ReadStoreReader, type ReadOptions } from './read-store-reader.js';

const reader = new ReadStoreReader(workerData as ReadOptions);

serveThread({
  generations: (view: string) => reader.generations(view),
  get: ({ view, id, generation }: { view: string; id: string; generation?: number }) =>
    reader.get(view, id, generation),
  query: (query: ViewQuery) => reader.query(query),
  count: ({ view, filter }: { view: string; filter?: ViewFilter }) => reader.count(view, filter),
  aggregate: (aggregation: ViewAggregation) => reader.aggregate(aggregation),
  close: () => {
    reader.close();
  },
});
