import type { DatabaseSync } from 'node:sqlite';
import { Connection, type MayCommit, type OpenFile } from '../../sqlite/connection.js';
import { openForWriting, type FileOptions } from '../../sqlite/sqlite-file.js';
import { Statement } from '../../sqlite/statement.js';
import { EVENT_LOG_FORMAT } from './event-log-format.js';
import { FIND_ID, neighbourDays, type FoundPosition } from './find-id.js';
import { unpackRecords, type AppendedOffsets, type BatchRecord, type RecordBatch } from './record-batch.js';

/**
 * Writes the log's file, in the thread it lives in. Offsets are given here: one more than the last, under the write
 * lock, so that there are no gaps.
 */
export class LogWriter {
  readonly #connection: Connection<WritingFile>;

  constructor(options: FileOptions) {
    this.#connection = new Connection(EVENT_LOG_FORMAT.store, () => new WritingFile(options));
  }

  /** Makes the file where it is missing, and throws where it can't be used. */
  open(): void {
    this.#connection.use(() => undefined);
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
  readonly #find: Statement<FoundPosition>;
  readonly #insert: Statement;

  constructor(options: FileOptions) {
    this.database = openForWriting(EVENT_LOG_FORMAT, options);
    this.#next = new Statement(this.database, 'SELECT coalesce(max(position) + 1, 0) AS next FROM events');
    this.#find = new Statement(this.database, FIND_ID);
    this.#insert = new Statement(
      this.database,
      'INSERT INTO events(position, day, id, entry, encrypted) VALUES (?, ?, ?, ?, ?)',
    );
  }

  append(batch: RecordBatch): AppendedOffsets {
    let next = this.#next.get()?.next ?? 0;
    const offsets: number[] = [];
    for (const record of unpackRecords(batch)) {
      const offset = this.#insertOnce(record, next);
      if (offset === next) next += 1;
      offsets.push(offset);
    }
    return Float64Array.from(offsets);
  }

  #insertOnce({ id, day, entry, encrypted }: BatchRecord, next: number): number {
    const found = this.#find.get(...neighbourDays(day), id);
    if (found) return -1 - found.position;
    this.#insert.run(next, day, id, entry, encrypted);
    return next;
  }
}
