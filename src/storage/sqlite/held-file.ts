import { accessSync, closeSync, constants, openSync, statSync, type BigIntStats } from 'node:fs';
import { KeytrailError } from '../../domain/errors.js';
import { fileError, fileErrorCode } from '../../platform/disk/file-error.js';

const PRIVATE = 0o600;

/**
 * The file that a connection has open, known by device and inode. SQLite goes on writing to a file that was deleted or
 * moved away, and says that all is well: whatever is written then is gone with the process. So a write asks here before
 * its commit, and a read before it answers.
 */
export class HeldFile {
  #file: string | undefined;
  #writeAheadLog: string | undefined;

  constructor(
    private readonly store: string,
    private readonly path: string,
  ) {}

  /**
   * Makes the file where it is missing, for this user alone; SQLite makes its other files with the same mode. A file that
   * this user may not write is told as one now, not at the first write.
   */
  make(): void {
    try {
      closeSync(openSync(this.path, 'wx', PRIVATE));
    } catch (error) {
      if (fileErrorCode(error) !== 'EEXIST') throw fileError(error, this.store);
      this.#assertWritable();
    }
  }

  /** The connection has it open now. Not before: a layered file system may give a file a new inode when it is opened to write. */
  hold(): void {
    this.#file = this.#same(this.path, this.#file);
  }

  /** @throws KeytrailError STORAGE.UNAVAILABLE when the path leads nowhere, or to another file than before */
  check(): void {
    this.#same(this.path, this.#file);
  }

  /** The same of the write-ahead log, where a commit goes first. Within a transaction, as it is there then. */
  checkForCommit(): void {
    this.check();
    this.#writeAheadLog = this.#same(`${this.path}-wal`, this.#writeAheadLog);
  }

  /** The connection closes: the last one takes the write-ahead log with it, and the next one makes another. */
  released(): void {
    this.#writeAheadLog = undefined;
  }

  #assertWritable(): void {
    try {
      accessSync(this.path, constants.R_OK | constants.W_OK);
    } catch (error) {
      throw fileError(error, this.store);
    }
  }

  #same(path: string, known: string | undefined): string {
    const found = this.#stat(path);
    if (!found) throw new KeytrailError('STORAGE.UNAVAILABLE', { store: this.store, reason: 'missing' });
    const identity = `${found.dev}:${found.ino}`;
    if (known === undefined || known === identity) return identity;
    throw new KeytrailError('STORAGE.UNAVAILABLE', { store: this.store, reason: 'replaced' });
  }

  #stat(path: string): BigIntStats | undefined {
    try {
      return statSync(path, { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      throw fileError(error, this.store);
    }
  }
}
