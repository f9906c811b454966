import type { DatabaseSync } from 'node:sqlite';
import { Connection, type OpenFile } from '../../sqlite/connection.js';
import { openForReading, type FileOptions } from '../../sqlite/sqlite-file.js';
import { Statement } from '../../sqlite/statement.js';
import type { StateKey } from '../state-store.port.js';
import { outboxOf, SELECT_DOCUMENT, type DocumentRow } from './document-row.js';
import { STATE_STORE_FORMAT } from './state-store-format.js';

/** Reads the state's file through a connection of its own, in the calling thread. */
export class StateReader {
  readonly #connection: Connection<ReadingFile>;

  constructor(options: FileOptions) {
    this.#connection = new Connection(
      { store: STATE_STORE_FORMAT.store, path: options.path },
      () => new ReadingFile(options),
    );
  }

  getMany(keys: readonly StateKey[]): (DocumentRow | undefined)[] {
    return this.#connection.use((file) => keys.map(({ collection, id }) => file.one.get(collection, id)));
  }

  list(collection: string, after: string, limit: number): DocumentRow[] {
    return this.#connection.use((file) => file.page.all(collection, after, limit));
  }

  /** Backwards; without `before` from the end. */
  listDescending(collection: string, before: string | undefined, limit: number): DocumentRow[] {
    return this.#connection.use((file) =>
      before === undefined ? file.lastPage.all(collection, limit) : file.pageBefore.all(collection, before, limit),
    );
  }

  withOutbox(limit: number): DocumentRow[] {
    return this.#connection.use((file) => file.waiting.all(limit));
  }

  close(): void {
    this.#connection.close();
  }
}

class ReadingFile implements OpenFile {
  readonly database: DatabaseSync;
  readonly one: Statement<DocumentRow>;
  readonly page: Statement<DocumentRow>;
  readonly pageBefore: Statement<DocumentRow>;
  readonly lastPage: Statement<DocumentRow>;
  readonly waiting: Statement<DocumentRow>;

  constructor(options: FileOptions) {
    this.database = openForReading(STATE_STORE_FORMAT, options);
    this.one = new Statement(this.database, `${SELECT_DOCUMENT} WHERE collection = ? AND id = ?`);
    this.page = new Statement(this.database, `${SELECT_DOCUMENT} WHERE collection = ? AND id > ? ORDER BY id LIMIT ?`);
    const backwards = 'ORDER BY id DESC LIMIT ?';
    this.pageBefore = new Statement(this.database, `${SELECT_DOCUMENT} WHERE collection = ? AND id < ? ${backwards}`);
    this.lastPage = new Statement(this.database, `${SELECT_DOCUMENT} WHERE collection = ? ${backwards}`);
    this.waiting = new Statement(this.database, WITH_OUTBOX);
  }
}

const WITH_OUTBOX = `
  SELECT oldest.collection, oldest.id, coalesce(version, 0) AS version, coalesce(value, '{}') AS value,
    ${outboxOf('oldest.collection', 'oldest.id')} AS outbox
  FROM (SELECT collection, id, min(sequence) AS first FROM outbox GROUP BY collection, id ORDER BY first LIMIT ?) AS oldest
  LEFT JOIN documents USING (collection, id)
  ORDER BY first`;
