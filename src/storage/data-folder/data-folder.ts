import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeytrailError } from '../../domain/errors.js';
import { fileError } from '../../platform/disk/file-error.js';
import { FolderLock } from '../sqlite/folder-lock.js';

/** Who holds a data folder. */
export interface FolderHolder {
  readonly pid: number;
  /** RFC 3339. */
  readonly startedAt: string;
  /** Where it listens, as a URL; absent while it does not listen. */
  readonly address?: string;
}

const LOCK_FILE = 'lock.sqlite';
const HOLDER_FILE = 'lock';

/**
 * The folder of the embedded stores, held by one process. The file `lock` says who holds it and where it listens; it
 * proves nothing by itself: a holder that was killed leaves it behind, and the next one takes over.
 */
export class DataFolder {
  #holder: FolderHolder;

  private constructor(
    readonly path: string,
    private readonly lock: FolderLock,
    startedAt: Date,
  ) {
    this.#holder = { pid: process.pid, startedAt: startedAt.toISOString() };
  }

  static #begin(path: string, lock: FolderLock, startedAt: Date): DataFolder {
    const folder = new DataFolder(path, lock, startedAt);
    try {
      folder.#tell();
      return folder;
    } catch (error) {
      folder.release();
      throw error;
    }
  }

  /**
   * Makes the folder (mode 0700) where it is missing, and holds it.
   * @throws KeytrailError `STORAGE.FOLDER_IN_USE` with `pid` and `address`, where known
   */
  static hold(path: string, startedAt: Date): DataFolder {
    make(path);
    const lock = FolderLock.take(join(path, LOCK_FILE));
    if (lock) return DataFolder.#begin(path, lock, startedAt);
    const { pid, address } = readHolderFile(path) ?? {};
    throw new KeytrailError('STORAGE.FOLDER_IN_USE', {
      folder: path,
      ...(pid !== undefined && { pid }),
      ...(address !== undefined && { address }),
    });
  }

  /** Who holds the folder now; `undefined` when nobody does. */
  static holder(path: string): FolderHolder | undefined {
    const holder = readHolderFile(path);
    if (!holder) return undefined;
    const lock = FolderLock.take(join(path, LOCK_FILE));
    lock?.release();
    return lock ? undefined : holder;
  }

  /** Tells the command line where to find the service. */
  announce(address: string): void {
    this.#holder = { ...this.#holder, address };
    this.#tell();
  }

  file(name: string): string {
    return join(this.path, name);
  }

  release(): void {
    try {
      rmSync(join(this.path, HOLDER_FILE), { force: true });
    } catch {
      // The file proves nothing; a folder that can't be written any more keeps it.
    }
    this.lock.release();
  }

  #tell(): void {
    // Written beside and renamed, so that nobody reads half of it.
    const beside = join(this.path, `${HOLDER_FILE}.new`);
    try {
      writeFileSync(beside, `${JSON.stringify(this.#holder)}\n`, { mode: 0o600 });
      renameSync(beside, join(this.path, HOLDER_FILE));
    } catch (error) {
      throw fileError(error, HOLDER_FILE);
    }
  }
}

function make(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    throw new KeytrailError('STORAGE.UNAVAILABLE', { folder: path, reason: 'cannot-create' });
  }
}

function readHolderFile(path: string): FolderHolder | undefined {
  try {
    return JSON.parse(readFileSync(join(path, HOLDER_FILE), 'utf8')) as FolderHolder;
  } catch {
    return undefined;
  }
}
