import { DatabaseSync } from 'node:sqlite';
import { HeldFile } from './held-file.js';
import { isBusy, storageError } from './sqlite-error.js';

const STORE = 'folder_lock';
/** Whoever only asks who holds a folder has the lock for a moment: that must not turn a starting service away. */
const PATIENCE_MS = 250;

/**
 * A lock that the operating system takes back when its holder dies, however it dies: an open exclusive transaction on
 * a file of its own. Node has no other file lock.
 */
export class FolderLock {
  private constructor(private readonly database: DatabaseSync) {}

  /** `undefined` when another process holds it. */
  static take(path: string): FolderLock | undefined {
    new HeldFile(STORE, path).make();
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(path, { timeout: PATIENCE_MS });
      database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
      return new FolderLock(database);
    } catch (error) {
      database?.close();
      if (isBusy(error)) return undefined;
      throw storageError(error, STORE);
    }
  }

  release(): void {
    if (this.database.isOpen) this.database.close();
  }
}
