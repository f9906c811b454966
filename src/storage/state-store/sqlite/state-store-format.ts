import type { DatabaseSync } from 'node:sqlite';
import type { FileFormat } from '../../sqlite/sqlite-file.js';

/** A deleted document may leave events behind, so its outbox does not go with it. */
const TABLES = `
  CREATE TABLE documents(
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    value TEXT NOT NULL,
    PRIMARY KEY (collection, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE outbox(
    sequence INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,
    UNIQUE (collection, id, event_id)
  ) STRICT;
`;

/** Overwrites what is deleted: a destroyed data key must not survive in a free page. */
export const STATE_STORE_FORMAT: FileFormat = {
  store: 'state_store',
  version: 1,
  needs: '0.1.0',
  pageSize: 4096,
  synchronous: 'FULL',
  secureDelete: true,
  checkpointPages: 1_000,
  cacheKiB: 4_096,
  readCacheKiB: 2_048,
  create(database: DatabaseSync): void {
    database.exec(TABLES);
  },
};
