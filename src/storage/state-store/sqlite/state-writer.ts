import type { DatabaseSync } from 'node:sqlite';
import { Connection, type MayCommit, type OpenFile } from '../../sqlite/connection.js';
import { openForWriting, type FileOptions } from '../../sqlite/sqlite-file.js';
import { Statement } from '../../sqlite/statement.js';
import type { StateKey } from '../state-store.port.js';
import { outboxOf, SELECT_DOCUMENT, type DocumentRow } from './document-row.js';
import { STATE_STORE_FORMAT } from './state-store-format.js';

/** A change as it crosses threads: JSON as text, which is cheaper than a structured clone. */
export interface ChangeRow extends StateKey {
  readonly expected: number;
  /** `null` deletes. */
  readonly value: string | null;
  readonly events: readonly { readonly id: string; readonly event: string }[];
}

export interface NewRow extends StateKey {
  readonly value: string;
}

/** `undefined` answers mean that nothing was written, as the caller had given up. */
export class StateWriter {
  readonly #connection: Connection<WritingFile>;

  constructor(options: FileOptions) {
    this.#connection = new Connection(
      { store: STATE_STORE_FORMAT.store, path: options.path },
      (mayCreate) => new WritingFile(options, mayCreate),
    );
  }

  open(): void {
    this.#connection.open();
  }

  /** The new document, or `false` when another version was there. */
  put(change: ChangeRow, mayCommit?: MayCommit): DocumentRow | false | undefined {
    const written = this.#connection.transact((file) => file.put(change), mayCommit);
    if (written && change.value === null) this.#forget();
    return written;
  }

  createMany(documents: readonly NewRow[], mayCommit?: MayCommit): DocumentRow[] | undefined {
    return this.#connection.transact((file) => documents.map((document) => file.create(document)), mayCommit);
  }

  clearOutbox(key: StateKey, eventIds: readonly string[], mayCommit?: MayCommit): true | undefined {
    return this.#connection.transact((file) => file.clearOutbox(key, eventIds), mayCommit);
  }

  close(): void {
    this.#connection.close();
  }

  /** Empties the write-ahead log, which still holds the page as it was before the delete. */
  #forget(): void {
    this.#connection.use((file) => {
      file.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    });
  }
}

class WritingFile implements OpenFile {
  readonly database: DatabaseSync;
  readonly #get: Statement<DocumentRow>;
  readonly #insert: Statement;
  readonly #update: Statement;
  readonly #delete: Statement;
  readonly #announce: Statement;
  readonly #announced: Statement;
  readonly #waiting: Statement<Pick<DocumentRow, 'outbox'>>;

  constructor(options: FileOptions, mayCreate: boolean) {
    const database = (this.database = openForWriting(STATE_STORE_FORMAT, options, mayCreate));
    const here = 'WHERE collection = ? AND id = ?';
    this.#get = new Statement(database, `${SELECT_DOCUMENT} ${here}`);
    this.#insert = new Statement(database, 'INSERT INTO documents VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING');
    this.#update = new Statement(
      database,
      `UPDATE documents SET value = ?, version = version + 1 ${here} AND version = ?`,
    );
    this.#delete = new Statement(database, `DELETE FROM documents ${here} AND version = ?`);
    this.#announce = new Statement(
      database,
      'INSERT INTO outbox(collection, id, event_id, event) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#waiting = new Statement(database, `SELECT ${outboxOf('?1', '?2')} AS outbox`);
    this.#announced = new Statement(database, `DELETE FROM outbox ${here} AND event_id = ?`);
  }

  put(change: ChangeRow): DocumentRow | false {
    if (!this.#change(change)) return false;
    const { collection, id, events } = change;
    for (const { id: eventId, event } of events) this.#announce.run(collection, id, eventId, event);
    return this.#current(change) ?? { collection, id, version: 0, value: '{}', outbox: this.#outbox(change) };
  }

  create(document: NewRow): DocumentRow {
    this.#insert.run(document.collection, document.id, document.value);
    const current = this.#current(document);
    if (!current) throw new TypeError('a document that was just written is not there');
    return current;
  }

  clearOutbox({ collection, id }: StateKey, eventIds: readonly string[]): true {
    for (const eventId of eventIds) this.#announced.run(collection, id, eventId);
    return true;
  }

  #change({ collection, id, expected, value }: ChangeRow): boolean {
    if (value === null && expected === 0) return this.#current({ collection, id }) === undefined;
    if (value === null) return this.#delete.run(collection, id, expected) === 1;
    if (expected === 0) return this.#insert.run(collection, id, value) === 1;
    return this.#update.run(value, collection, id, expected) === 1;
  }

  #current({ collection, id }: StateKey): DocumentRow | undefined {
    return this.#get.get(collection, id);
  }

  #outbox({ collection, id }: StateKey): string {
    return this.#waiting.get(collection, id)?.outbox ?? '[]';
  }
}
