import { join } from 'node:path';
import { SqliteReadStore } from '../../src/storage/read-store/sqlite/sqlite-read-store.js';
import { describeReadStoreAside } from './read-store-aside.contract.js';
import { describeReadStoreCheckpoints } from './read-store-checkpoints.contract.js';
import { describeReadStoreQueries } from './read-store-queries.contract.js';
import { describeReadStore } from './read-store.contract.js';

const options = (folder: string): { path: string; busyMs: number; queryMs: number } => ({
  path: join(folder, 'read.sqlite'),
  busyMs: 2_000,
  queryMs: 5_000,
});

const inThread = (folder: string): SqliteReadStore => SqliteReadStore.inThread(options(folder));
const threaded = (folder: string): SqliteReadStore => SqliteReadStore.threaded(options(folder));

describeReadStore('SQLite in the calling thread', inThread);
describeReadStoreAside('SQLite in the calling thread', inThread);
describeReadStoreCheckpoints('SQLite in the calling thread', inThread);
describeReadStoreQueries('SQLite in the calling thread', inThread);
describeReadStore('SQLite with query threads', threaded);
describeReadStoreAside('SQLite with query threads', threaded);
describeReadStoreCheckpoints('SQLite with query threads', threaded);
// The same code answers in the threads: some runs show that the questions and answers arrive there whole.
describeReadStoreQueries('SQLite with query threads', threaded, 20);
