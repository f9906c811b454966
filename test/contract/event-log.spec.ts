import { join } from 'node:path';
import { SqliteEventLog } from '../../src/storage/event-log/sqlite/sqlite-event-log.js';
import { describeEventLog } from './event-log.contract.js';

const options = (folder: string): { path: string; busyMs: number; waitMs: number } => ({
  path: join(folder, 'events.sqlite'),
  busyMs: 2_000,
  waitMs: 5_000,
});
const promise = { gapless: true, duplicatesKnown: true, atomicAppend: true, partitions: 1 };

describeEventLog('SQLite in the calling thread', promise, (folder) =>
  Promise.resolve(SqliteEventLog.inThread(options(folder))),
);
describeEventLog('SQLite with a writer thread', promise, (folder) => SqliteEventLog.threaded(options(folder)));
