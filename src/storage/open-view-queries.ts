import { join } from 'node:path';
import { BUSY_MS, STORE_FILES } from './embedded-stores.js';
import { InThreadQueries } from './read-store/sqlite/in-thread-queries.js';

/**
 * A way to ask the views that is the calling thread's own and writes nothing: for long work off the main thread. A query
 * takes at most `queryMs` milliseconds.
 */
export function openViewQueries(dataFolder: string, queryMs: number): InThreadQueries {
  return new InThreadQueries({ path: join(dataFolder, STORE_FILES.views), busyMs: BUSY_MS, queryMs });
}
