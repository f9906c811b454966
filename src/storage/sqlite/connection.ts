import type { DatabaseSync } from 'node:sqlite';
import { isBusy, sqliteCode, storageError } from './sqlite-error.js';
import { rollBack } from './sqlite-file.js';

/** What a store keeps for an open file: the database and its prepared statements. */
export interface OpenFile {
  readonly database: DatabaseSync;
}

/** Asked at the last moment before a commit; `false` rolls back instead. */
export type MayCommit = () => boolean;

/**
 * A connection that opens when it is first needed and is thrown away after a failure, so that the next call starts
 * afresh: a store comes back by itself once the disk has space or the file is there again.
 */
export class Connection<File extends OpenFile> {
  #file: File | undefined;

  constructor(
    private readonly store: string,
    private readonly open: () => File,
  ) {}

  /** Lets `work` use the file; SQLite's errors become `STORAGE.*`. */
  use<Result>(work: (file: File) => Result): Result {
    try {
      this.#file ??= this.open();
      return work(this.#file);
    } catch (error) {
      if (sqliteCode(error) !== undefined && !isBusy(error)) this.close();
      throw storageError(error, this.store);
    }
  }

  /** Lets `work` write in one transaction. Answers `undefined`, with nothing written, when `mayCommit` said no. */
  transact<Result>(work: (file: File) => Result, mayCommit: MayCommit = always): Result | undefined {
    return this.use((file) => {
      file.database.exec('BEGIN IMMEDIATE');
      try {
        const result = work(file);
        const commit = mayCommit();
        file.database.exec(commit ? 'COMMIT' : 'ROLLBACK');
        return commit ? result : undefined;
      } catch (error) {
        rollBack(file.database);
        throw error;
      }
    });
  }

  close(): void {
    const file = this.#file;
    this.#file = undefined;
    try {
      file?.database.close();
    } catch {
      // A connection that broke may refuse to close; it is forgotten either way.
    }
  }
}

function always(): boolean {
  return true;
}
