import { KeytrailError } from '../../domain/errors.js';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS']);

/** The code of an error of the file system (`ENOENT`), else `undefined`. Not by `instanceof`: Jest has realms. */
export function fileErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

/** What is said of a failure of the file system: `STORAGE.DISK_FULL` or `.UNAVAILABLE`, without its words or paths. */
export function fileError(error: unknown, store: string): unknown {
  const code = fileErrorCode(error);
  if (code === undefined) return error;
  if (FULL.has(code)) return new KeytrailError('STORAGE.DISK_FULL', { store });
  const reason = READ_ONLY.has(code) ? 'read-only' : 'cannot-open';
  return new KeytrailError('STORAGE.UNAVAILABLE', { store, reason });
}
