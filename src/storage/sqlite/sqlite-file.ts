import { DatabaseSync } from 'node:sqlite';
import { KeytrailError } from '../../domain/errors.js';
import { Statement } from './statement.js';

/** `KTRL`: marks the file as Keytrail's (https://www.sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x4b54524c;

/** How one of Keytrail's database files is laid out. */
export interface FileFormat {
  /** The store's name in errors. */
  readonly store: string;
  /** Kept in `user_version`. Raised when the tables change; `schema` then makes the newest form only in new files. */
  readonly version: number;
  /** The oldest Keytrail that can open files of this format; kept in the file, so that an older one can name it. */
  readonly needs: string;
  readonly pageSize: number;
  readonly synchronous: 'FULL' | 'NORMAL';
  /**
   * Overwrites what is deleted, so that no free page holds it. Copies that SQLite left where it moved rows between pages
   * stay until a VACUUM: whoever has to prove that something is gone runs one.
   */
  readonly secureDelete: boolean;
  /** Pages in the write-ahead log before they are moved to the file; in between, a page written often is moved once. */
  readonly checkpointPages: number;
  /** Upper bound of the writer's page cache. */
  readonly cacheKiB: number;
  /** The same of each reader. Several threads read, and what they miss the system's own cache has. */
  readonly readCacheKiB: number;
  /** Makes the tables in a new file. The table `meta(name, value)` is there already. */
  create(database: DatabaseSync): void;
  /** Adds what files of this version may lack that were made earlier; older Keytrails must be able to go on with it. */
  complete?(database: DatabaseSync): void;
}

export interface FileOptions {
  readonly path: string;
  /** How long a statement waits for a lock that another connection holds. */
  readonly busyMs: number;
  /** For tests: a bound on the file's size, beyond which the disk counts as full. */
  readonly maxPages?: number | undefined;
}

/** Opens a store's file for writing. An empty one gets its tables first, if it may; else it has lost them. */
export function openForWriting(format: FileFormat, options: FileOptions, mayCreate: boolean): DatabaseSync {
  const database = new DatabaseSync(options.path, { timeout: options.busyMs });
  try {
    database.exec(`PRAGMA page_size = ${format.pageSize}; PRAGMA journal_mode = WAL`);
    database.exec(`PRAGMA synchronous = ${format.synchronous}; PRAGMA cache_size = -${format.cacheKiB}`);
    database.exec(`PRAGMA wal_autocheckpoint = ${format.checkpointPages}`);
    if (format.secureDelete) database.exec('PRAGMA secure_delete = ON');
    if (options.maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    if (checkVersion(database, format) === 0) {
      if (!mayCreate) throw new KeytrailError('STORAGE.DAMAGED', { store: format.store });
      create(database, format);
    }
    format.complete?.(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens a store's file, which must be there, for reading. */
export function openForReading(format: FileFormat, options: FileOptions): DatabaseSync {
  const database = new DatabaseSync(options.path, { timeout: options.busyMs, readOnly: true });
  try {
    database.exec(`PRAGMA cache_size = -${format.readCacheKiB}`);
    if (checkVersion(database, format) === 0) throw new KeytrailError('STORAGE.DAMAGED', { store: format.store });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A value of the file's `meta` table. */
export function readMeta(database: DatabaseSync, name: string): string | undefined {
  return new Statement<{ value: string }>(database, 'SELECT value FROM meta WHERE name = ?').get(name)?.value;
}

export function writeMeta(database: DatabaseSync, name: string, value: string): void {
  new Statement(database, 'INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)').run(name, value);
}

function checkVersion(database: DatabaseSync, format: FileFormat): number {
  const version = new Statement<{ user_version: number }>(database, 'PRAGMA user_version').get()?.user_version ?? 0;
  if (version <= format.version) return version;
  throw new KeytrailError('STORAGE.NEWER_DATA', {
    store: format.store,
    needed: readMeta(database, 'needs') ?? 'unknown',
  });
}

function create(database: DatabaseSync, format: FileFormat): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    if (checkVersion(database, format) === 0) {
      database.exec('CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID');
      writeMeta(database, 'needs', format.needs);
      format.create(database);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${format.version}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** Ends a failed transaction. SQLite has rolled some back by itself (a full disk), which is no second error. */
export function rollBack(database: DatabaseSync): void {
  if (database.isTransaction) database.exec('ROLLBACK');
}
