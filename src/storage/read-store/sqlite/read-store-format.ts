import type { DatabaseSync } from 'node:sqlite';
import type { FileFormat } from '../../sqlite/sqlite-file.js';

/** `dropped`: their tables are still to be emptied. */
const TABLES = `
  CREATE TABLE generations(
    generation INTEGER PRIMARY KEY AUTOINCREMENT,
    view TEXT NOT NULL,
    version INTEGER NOT NULL,
    fields TEXT NOT NULL,
    checkpoint TEXT NOT NULL,
    next_row INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('filling', 'active', 'dropped'))
  ) STRICT;
  CREATE UNIQUE INDEX generations_active ON generations(view) WHERE state = 'active';
`;

/**
 * Disposable, so it need not survive a power cut whole: `synchronous=NORMAL` may lose the last writes, and they are read
 * from the log again. It holds people's names in clear, so what is deleted is overwritten.
 */
export const READ_STORE_FORMAT: FileFormat = {
  store: 'read_store',
  version: 1,
  needs: '0.1.0',
  pageSize: 4096,
  synchronous: 'NORMAL',
  secureDelete: true,
  checkpointPages: 16_000,
  cacheKiB: 16_384,
  readCacheKiB: 8_192,
  create(database: DatabaseSync): void {
    database.exec(TABLES);
  },
};
