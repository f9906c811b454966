import type { DatabaseSync } from 'node:sqlite';
import { HeldFile } from './held-file.js';
import { isBusy, sqliteCode, storageError } from './sqlite-error.js';
import { rollBack } from './sqlite-file.js';

/** What a store keeps for an open file: the database and its prepared statements. */
export interface OpenFile {
  readonly database: DatabaseSync;
}

/** Asked at the last moment before a commit; `false` rolls back instead. */
export type MayCommit = () => boolean;

/** What a connection is to. */
export interface ConnectionTarget {
  /** The store's name in errors. */
  readonly store: string;
  readonly path: string;
}

/**
 * A connection that opens when it is first needed and is thrown away after a failure, so that the next call starts
 * afresh: a store comes back by itself once the disk has space or the file is there again. It must be the same file: a
 * store that lost its file does not begin another one, as if there never had been anything.
 */
export class Connection<File extends OpenFile> {
  readonly #held: HeldFile;
  #file: File | undefined;

  constructor(
    private readonly target: ConnectionTarget,
    private readonly openFile: (mayCreate: boolean) => File,
  ) {
    this.#held = new HeldFile(target.store, target.path);
  }

  /** For the start of a process: makes the file where it is missing, and throws where it can't be used. */
  open(): void {
    this.#held.make();
    this.#use(() => undefined, true);
  }

  /** Lets `work` use the file, which must be there; SQLite's errors become `STORAGE.*`. */
  use<Result>(work: (file: File) => Result): Result {
    return this.#use(work, false);
  }

  #use<Result>(work: (file: File) => Result, mayCreate: boolean): Result {
    this.#held.check();
    try {
      this.#file ??= this.#opened(mayCreate);
      return work(this.#file);
    } catch (error) {
      if (sqliteCode(error) !== undefined && !isBusy(error)) this.close();
      throw storageError(error, this.target.store);
    }
  }

  #opened(mayCreate: boolean): File {
    const file = this.openFile(mayCreate);
    this.#held.hold();
    return file;
  }

  /** Lets `work` write in one transaction. Answers `undefined`, with nothing written, when `mayCommit` said no. */
  transact<Result>(work: (file: File) => Result, mayCommit: MayCommit = always): Result | undefined {
    return this.use((file) => {
      file.database.exec('BEGIN IMMEDIATE');
      try {
        const result = work(file);
        this.#held.checkForCommit();
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
    this.#held.released();
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
