import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { serveThread } from '../platform/worker-threads/serve-thread.js';
import { makeReport } from './making/make-report.js';
import type { ReportThreadData } from './runs/report-threads.js';
import { BUSY_MS, STORE_FILES } from '../storage/embedded-stores.js';
import { SqliteReadStore } from '../storage/read-store/sqlite/sqlite-read-store.js';

/** How long one query of a report may work, in milliseconds: a report may ask for all there is. */
const QUERY_MS = 600_000;

const { task, folder, data } = workerData as ReportThreadData;

const peer = serveThread({
  make: async () => {
    const store = SqliteReadStore.inThread({ path: join(data, STORE_FILES.views), busyMs: BUSY_MS, queryMs: QUERY_MS });
    try {
      return await makeReport(task, store, folder, (phase, share) => {
        // Nobody waits for progress to be taken note of.
        void peer.call('progress', { phase, share }).catch(() => undefined);
      });
    } finally {
      await store.close();
    }
  },
});
