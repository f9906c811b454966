import type { DatabaseSync } from 'node:sqlite';
import { Connection, type MayCommit, type OpenFile } from '../../sqlite/connection.js';
import { openForWriting, type FileOptions } from '../../sqlite/sqlite-file.js';
import { Statement } from '../../sqlite/statement.js';
import { EVENT_LOG_FORMAT } from './event-log-format.js';
import { areNeighbours, IdLookup } from './id-lookup.js';
import { bytesToHex, unpackRecords, type AppendedOffsets, type RecordBatch } from './record-batch.js';

/**
 * Writes the log's file, in the thread it lives in. Offsets are given here: one more than the last, under the write
 * lock, so that there are no gaps.
 */
export class LogWriter {
  readonly #connection: Connection<WritingFile>;

  constructor(options: FileOptions) {
    this.#connection = new Connection(
      { store: EVENT_LOG_FORMAT.store, path: options.path },
      (mayCreate) => new WritingFile(options, mayCreate),
    );
  }

  /** Makes the file where it is missing, and throws where it can't be used. */
  open(): void {
    this.#connection.open();
  }

  /** Appends in one transaction. `undefined`, with nothing written, when `mayCommit` said no. */
  append(batch: RecordBatch, mayCommit?: MayCommit): AppendedOffsets | undefined {
    return this.#connection.transact((file) => file.append(batch), mayCommit);
  }

  close(): void {
    this.#connection.close();
  }
}

class WritingFile implements OpenFile {
  readonly database: DatabaseSync;
  readonly #next: Statement<{ next: number }>;
  readonly #lookup: IdLookup;
  readonly #insert: Statement;

  constructor(options: FileOptions, mayCreate: boolean) {
    this.database = openForWriting(EVENT_LOG_FORMAT, options, mayCreate);
    this.#next = new Statement(this.database, 'SELECT coalesce(max(position) + 1, 0) AS next FROM events');
    this.#lookup = new IdLookup(this.database);
    this.#insert = new Statement(
      this.database,
      'INSERT INTO events(position, day, id, entry, encrypted, partition_hash) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  append(batch: RecordBatch): AppendedOffsets {
    let next = this.#next.get()?.next ?? 0;
    const records = [...unpackRecords(batch)];
    const sought = records.map(({ id, day }) => ({ hex: bytesToHex(id), day }));
    const known = this.#lookup.positions(sought);
    const here = new Map<string, { readonly day: number; readonly position: number }>();
    return Float64Array.from(records, ({ id, day, entry, encrypted, partitionHash }, place) => {
      const hex = sought[place]?.hex ?? '';
      const inBatch = here.get(hex);
      const position = known.get(place) ?? (inBatch && areNeighbours(inBatch.day, day) ? inBatch.position : undefined);
      if (position !== undefined) return -1 - position;
      this.#insert.run(next, day, id, entry, encrypted, partitionHash);
      here.set(hex, { day, position: next });
      next += 1;
      return next - 1;
    });
  }
}
