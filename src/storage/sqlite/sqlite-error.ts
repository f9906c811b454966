import { KeytrailError } from '../../domain/errors.js';

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that have a meaning of their own here. */
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const UNAVAILABLE: Readonly<Record<number, string>> = {
  [BUSY]: 'locked',
  [LOCKED]: 'locked',
  [READ_ONLY]: 'read-only',
  [INPUT_OUTPUT]: 'input-output',
  [CANNOT_OPEN]: 'cannot-open',
};

/** The primary result code of an error that node:sqlite threw, else `undefined`. Not by `instanceof`: Jest has realms. */
export function sqliteCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if (!('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return undefined;
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** True when another connection holds the file, so that this connection itself is sound. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === BUSY || code === LOCKED;
}

/**
 * What a store tells its callers about a failure of its file: `STORAGE.DISK_FULL`, `.DAMAGED` or `.UNAVAILABLE` with the
 * store's name and a reason of ours. SQLite's own words stay behind, as they may quote a statement or a path.
 */
export function storageError(error: unknown, store: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  if (code === FULL) return new KeytrailError('STORAGE.DISK_FULL', { store });
  if (code === CORRUPT || code === NOT_A_DATABASE) return new KeytrailError('STORAGE.DAMAGED', { store });
  const reason = UNAVAILABLE[code];
  return reason
    ? new KeytrailError('STORAGE.UNAVAILABLE', { store, reason })
    : new KeytrailError('INTERNAL.UNEXPECTED', { store, sqlite: code });
}
