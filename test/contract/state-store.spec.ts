import { join } from 'node:path';
import { SqliteStateStore } from '../../src/storage/state-store/sqlite/sqlite-state-store.js';
import { describeStateStore } from './state-store.contract.js';

const options = (folder: string): { path: string; busyMs: number; waitMs: number } => ({
  path: join(folder, 'state.sqlite'),
  busyMs: 2_000,
  waitMs: 5_000,
});

describeStateStore('SQLite in the calling thread', (folder) =>
  Promise.resolve(SqliteStateStore.inThread(options(folder))),
);
describeStateStore('SQLite with a writer thread', (folder) => SqliteStateStore.threaded(options(folder)));
