import { setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { Consumer, CONSUMER_DEFAULTS } from './consuming/consumer.js';
import { DataKeyCache } from './consuming/data-key-cache.js';
import { EventPages } from './consuming/event-pages.js';
import { pauseAfter } from './consuming/give-way.js';
import type { ProjectorThreadData } from './consuming/projector-thread-data.js';
import { StatusReports } from './consuming/status-reports.js';
import { RecordingLoad } from './platform/recording-load.js';
import { SystemClock } from './platform/system-clock.js';
import { serveThread } from './platform/worker-threads/serve-thread.js';
import { openIdentity } from './privacy/open-identity.js';
import type { SubjectKey } from './privacy/subject-keys.port.js';
import { SqliteEventLog } from './storage/event-log/sqlite/sqlite-event-log.js';
import { SqliteReadStore } from './storage/read-store/sqlite/sqlite-read-store.js';
import { TRAIL_PROJECTIONS } from './trail/projections/trail-projections.js';

/** Projecting may lag and catch up; recording may not wait for it. On Linux this is the thread's own priority. */
const NICENESS = 10;
if (process.platform === 'linux') setPriority(NICENESS);

const { files, busyMs, queryMs, load: memory } = workerData as ProjectorThreadData;

function open(): { readonly consumer: Consumer; close(): Promise<void> } {
  const log = SqliteEventLog.reading({ path: files.events, busyMs });
  const store = SqliteReadStore.inThread({ path: files.views, busyMs, queryMs });
  const keys = new DataKeyCache({
    open: (keyIds) => peer.call<readonly (SubjectKey | undefined)[]>('openKeys', keyIds),
  });
  const pages = new EventPages(log, keys, openIdentity);
  const load = new RecordingLoad(memory);
  const giveWay = (workedMs: number): number => pauseAfter(workedMs, load.bytes);
  const parts = { log, store, pages, projections: TRAIL_PROJECTIONS, clock: new SystemClock(), giveWay };
  const consumer = new Consumer(parts, { ...CONSUMER_DEFAULTS, name: 'projector' });
  const reports = new StatusReports(consumer, (status) => peer.call('status', status));
  const close = async (): Promise<void> => {
    await consumer.stop();
    await reports.stop();
    await store.close();
    await log.close();
  };
  return { consumer, close };
}

let opened: ReturnType<typeof open> | undefined;

const peer = serveThread({
  start: () => {
    opened ??= open();
    opened.consumer.start();
  },
  caughtUp: () => opened?.consumer.caughtUp(),
  rebuild: (views?: readonly string[]) =>
    opened?.consumer.rebuild(views ?? TRAIL_PROJECTIONS.map(({ view }) => view.name)),
  close: () => opened?.close(),
});
