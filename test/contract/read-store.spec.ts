import { join } from 'node:path';
import { SqliteReadStore } from '../../src/storage/read-store/sqlite/sqlite-read-store.js';
import { describeReadStoreQueries } from './read-store-queries.contract.js';
import { describeReadStore } from './read-store.contract.js';

const options = (folder: string): { path: string; busyMs: number; queryMs: number } => ({
  path: join(folder, 'read.sqlite'),
  busyMs: 2_000,
  queryMs: 5_000,
});

const stores = {
  'SQLite in the calling thread': (folder: string) => SqliteReadStore.inThread(options(folder)),
  'SQLite with query threads': (folder: string) => SqliteReadStore.threaded(options(folder)),
};

for (const [name, open] of Object.entries(stores)) {
  describeReadStore(name, open);
  describeReadStoreQueries(name, open);
}
