import { DatabaseSync } from 'node:sqlite';
import { KeytrailError } from '../../domain/errors.js';
import { Statement } from './statement.js';
import { storageError } from './sqlite-error.js';

/** Reads the whole file and says whether every page of it is in its place. Takes seconds for a gigabyte. */
export function isWhole(path: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    return new Statement<{ quick_check: string }>(database, 'PRAGMA quick_check(1)').get()?.quick_check === 'ok';
  } catch (error) {
    const known = storageError(error, 'file');
    if (known instanceof KeytrailError && known.code === 'STORAGE.DAMAGED') return false;
    throw known;
  } finally {
    database?.close();
  }
}
