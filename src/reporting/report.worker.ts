import { workerData } from 'node:worker_threads';
import { serveThread } from '../platform/worker-threads/serve-thread.js';
import { openViewQueries } from '../storage/open-view-queries.js';
import { makeReport } from './making/make-report.js';
import type { ReportThreadData } from './runs/report-threads.js';

/** Milliseconds. One question over a period of millions of events may take long; nobody waits for it. */
const QUERY_MS = 300_000;

const { task, folder, data } = workerData as ReportThreadData;
const views = openViewQueries(data, QUERY_MS);

const parent = serveThread({
  make: () =>
    makeReport(task, views, folder, (phase, share) => {
      // What is drawn has been read: the room of the views' pages is better used.
      if (phase === 'drawing') void views.close();
      // Progress is told, not asked for: no answer is waited for.
      parent.call('progress', { phase, share }).catch(() => undefined);
    }),
  close: () => views.close(),
});
