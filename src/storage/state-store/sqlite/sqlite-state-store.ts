import type { FileOptions } from '../../sqlite/sqlite-file.js';
import { openOrClose } from '../../sqlite/open-or-close.js';
import { promised } from '../../sqlite/promised.js';
import { StateStore, type StateChange, type StateDocument, type StateKey } from '../state-store.port.js';
import { toDocument, type DocumentRow } from './document-row.js';
import { StateReader } from './state-reader.js';
import { StateWriter, type ChangeRow, type NewRow } from './state-writer.js';
import { ThreadedStateWriter, type ThreadedStateOptions } from './threaded-state-writer.js';

const DEFAULT_LIMIT = 1000;

/** Where writes go: another thread, or this one. */
interface Writer {
  put(change: ChangeRow): Promise<DocumentRow | false>;
  createMany(documents: readonly NewRow[]): Promise<readonly DocumentRow[]>;
  clearOutbox(key: StateKey, eventIds: readonly string[]): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Control state in one SQLite file. Reads run in the calling thread, on a connection of their own that sees every write
 * as soon as it is answered; writes run where the factory says.
 */
export class SqliteStateStore extends StateStore {
  readonly #reader: StateReader;

  private constructor(
    options: FileOptions,
    private readonly writer: Writer,
  ) {
    super();
    this.#reader = new StateReader(options);
  }

  /** Writes in a thread of its own, so that a slow disk never holds the caller's. Each write ends within `waitMs`. */
  static async threaded(options: ThreadedStateOptions): Promise<SqliteStateStore> {
    const writer = new ThreadedStateWriter(options);
    await openOrClose(writer);
    return new SqliteStateStore(options, writer);
  }

  /** Writes in the calling thread. */
  static inThread(options: FileOptions): SqliteStateStore {
    const writer = new StateWriter(options);
    writer.open();
    return new SqliteStateStore(options, {
      put: (change) => promised(() => writer.put(change) ?? false),
      createMany: (documents) => promised(() => writer.createMany(documents) ?? []),
      clearOutbox: (key, eventIds) => promised(() => writer.clearOutbox(key, eventIds)),
      close: () =>
        promised(() => {
          writer.close();
        }),
    });
  }

  async get(key: StateKey): Promise<StateDocument | undefined> {
    const [document] = await this.getMany([key]);
    return document;
  }

  getMany(keys: readonly StateKey[]): Promise<readonly (StateDocument | undefined)[]> {
    return promised(() => this.#reader.getMany(keys).map((row) => row && toDocument(row)));
  }

  list(
    collection: string,
    page: { readonly after?: string; readonly limit?: number; readonly descending?: boolean } = {},
  ): Promise<readonly StateDocument[]> {
    const limit = page.limit ?? DEFAULT_LIMIT;
    return promised(() => {
      const rows =
        page.descending === true
          ? this.#reader.listDescending(collection, page.after, limit)
          : this.#reader.list(collection, page.after ?? '', limit);
      return rows.map(toDocument);
    });
  }

  async put(change: StateChange): Promise<StateDocument | undefined> {
    const written = await this.writer.put({
      collection: change.collection,
      id: change.id,
      expected: change.expected,
      value: change.value && JSON.stringify(change.value),
      events: (change.events ?? []).map((event) => ({ id: event.id, event: JSON.stringify(event) })),
    });
    return written ? toDocument(written) : undefined;
  }

  async createMany(
    documents: readonly (StateKey & { readonly value: StateDocument['value'] })[],
  ): Promise<readonly StateDocument[]> {
    if (documents.length === 0) return [];
    const rows = documents.map(({ collection, id, value }) => ({ collection, id, value: JSON.stringify(value) }));
    return (await this.writer.createMany(rows)).map(toDocument);
  }

  withOutbox(limit: number): Promise<readonly StateDocument[]> {
    return promised(() => this.#reader.withOutbox(limit).map(toDocument));
  }

  async clearOutbox(key: StateKey, eventIds: readonly string[]): Promise<void> {
    if (eventIds.length > 0) await this.writer.clearOutbox({ collection: key.collection, id: key.id }, eventIds);
  }

  async close(): Promise<void> {
    this.#reader.close();
    await this.writer.close();
  }
}
