import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { writeMeta, type FileFormat } from '../../sqlite/sqlite-file.js';

/**
 * `UNIQUE(day, id)` instead of `UNIQUE(id)`: ids are random, and an index over all of them falls from 63,000 to 16,000
 * rows/s at 4 million events, while one day's part of it stays in the page cache.
 *
 * The triggers refuse every UPDATE and DELETE, but for one: the encrypted part may become empty, and nothing else may
 * change with it.
 */
const TABLES = `
  CREATE TABLE events(
    position INTEGER PRIMARY KEY CHECK (position >= 0),
    day INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    entry BLOB NOT NULL,
    encrypted BLOB NOT NULL,
    partition_hash INTEGER NOT NULL,
    UNIQUE(day, id)
  ) STRICT;
  CREATE TRIGGER events_are_final BEFORE UPDATE ON events
  WHEN NOT (
    NEW.position IS OLD.position AND NEW.day IS OLD.day AND NEW.id IS OLD.id AND NEW.entry IS OLD.entry
    AND NEW.partition_hash IS OLD.partition_hash AND NEW.encrypted IS x''
  )
  BEGIN SELECT RAISE(ABORT, 'an event is final'); END;
  CREATE TRIGGER events_stay BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'an event stays'); END;
`;

/**
 * `INSERT OR REPLACE` deletes without a word to the trigger above (unless the connection has `recursive_triggers`), so an
 * insert may not meet an event at all. Costs 2.5 us an event.
 */
const GUARD = `
  CREATE TRIGGER IF NOT EXISTS events_are_new BEFORE INSERT ON events
  WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
    OR EXISTS (SELECT 1 FROM events WHERE day = NEW.day AND id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'an event is final'); END;
`;

export const EVENT_LOG_FORMAT: FileFormat = {
  store: 'event_log',
  version: 1,
  needs: '0.1.0',
  pageSize: 16_384,
  synchronous: 'FULL',
  secureDelete: true,
  checkpointPages: 1_000,
  cacheKiB: 8_192,
  readCacheKiB: 4_096,
  create(database: DatabaseSync): void {
    database.exec(TABLES);
    writeMeta(database, 'epoch', '1');
    writeMeta(database, 'log_id', randomUUID());
  },
  complete(database: DatabaseSync): void {
    database.exec(GUARD);
  },
};
