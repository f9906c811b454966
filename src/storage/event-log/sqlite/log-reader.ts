import type { DatabaseSync } from 'node:sqlite';
import { KeytrailError } from '../../../domain/errors.js';
import { formatLogPoint, type LogPoint } from '../../../domain/position.js';
import { Connection, type OpenFile } from '../../sqlite/connection.js';
import { openForReading, readMeta, type FileOptions } from '../../sqlite/sqlite-file.js';
import { Statement } from '../../sqlite/statement.js';
import type { LogRecord, StoredRecord } from '../event-log.port.js';
import { EVENT_LOG_FORMAT } from './event-log-format.js';
import { IdLookup } from './id-lookup.js';
import { bytesToId, idToHex } from './record-batch.js';

interface EventRow {
  readonly position: number;
  readonly id: Uint8Array;
  readonly entry: Uint8Array;
  readonly encrypted: Uint8Array;
  readonly partition_hash: number;
}

/**
 * Reads the log's file through a connection of its own, in the calling thread. Each call is one short transaction: a
 * long one would keep the write-ahead log from being emptied.
 */
export class LogReader {
  readonly #connection: Connection<ReadingFile>;

  constructor(options: FileOptions) {
    this.#connection = new Connection(
      { store: EVENT_LOG_FORMAT.store, path: options.path },
      () => new ReadingFile(options),
    );
  }

  epoch(): number {
    return this.#connection.use((file) => file.epoch);
  }

  logId(): string {
    return this.#connection.use((file) => file.logId);
  }

  end(): LogPoint {
    return this.#connection.use((file) => file.end());
  }

  find(keys: readonly Pick<LogRecord, 'id' | 'day'>[]): Map<string, StoredRecord> {
    return this.#connection.use((file) => file.find(keys));
  }

  read(from: LogPoint, limit: number): StoredRecord[] {
    return this.#connection.use((file) => file.read(from, limit));
  }

  close(): void {
    this.#connection.close();
  }
}

class ReadingFile implements OpenFile {
  readonly database: DatabaseSync;
  readonly epoch: number;
  readonly logId: string;
  readonly #next: Statement<{ next: number }>;
  readonly #lookup: IdLookup;
  readonly #one: Statement<EventRow>;
  readonly #page: Statement<EventRow>;

  constructor(options: FileOptions) {
    this.database = openForReading(EVENT_LOG_FORMAT, options);
    const columns = 'SELECT position, id, entry, encrypted, partition_hash FROM events';
    this.#next = new Statement(this.database, 'SELECT coalesce(max(position) + 1, 0) AS next FROM events');
    this.#lookup = new IdLookup(this.database);
    this.#one = new Statement(this.database, `${columns} WHERE position = ?`);
    this.#page = new Statement(this.database, `${columns} WHERE position >= ? ORDER BY position LIMIT ?`);
    this.epoch = Number(readMeta(this.database, 'epoch'));
    this.logId = readMeta(this.database, 'log_id') ?? '';
  }

  end(): LogPoint {
    return { epoch: this.epoch, next: [this.#next.get()?.next ?? 0] };
  }

  find(keys: readonly Pick<LogRecord, 'id' | 'day'>[]): Map<string, StoredRecord> {
    const found = new Map<string, StoredRecord>();
    const sought = keys.map(({ id, day }) => ({ hex: idToHex(id), day }));
    for (const [place, position] of this.#lookup.positions(sought)) {
      const key = keys[place];
      const row = this.#one.get(position);
      if (key && row) found.set(key.id, this.#toRecord(row));
    }
    return found;
  }

  read(from: LogPoint, limit: number): StoredRecord[] {
    const start = from.next[0] ?? 0;
    if (from.epoch !== this.epoch || from.next.length > 1) throw this.#notOnThisLog(from);
    const rows = this.#page.all(start, limit);
    if (rows.length === 0 && start > (this.end().next[0] ?? 0)) throw this.#notOnThisLog(from);
    return rows.map((row, index) => {
      // Offsets are given without gaps, so a gap means that an event was taken out behind our back.
      if (row.position !== start + index) {
        throw new KeytrailError('STORAGE.DAMAGED', { store: EVENT_LOG_FORMAT.store, missing: start + index });
      }
      return this.#toRecord(row);
    });
  }

  #toRecord({ position: offset, id, entry, encrypted, partition_hash: partitionHash }: EventRow): StoredRecord {
    const position = { epoch: this.epoch, partition: 0, offset };
    return { position, id: bytesToId(id), partitionHash, entry, encrypted };
  }

  #notOnThisLog(point: LogPoint): KeytrailError {
    return new KeytrailError('STORAGE.NOT_ON_THIS_LOG', {
      point: formatLogPoint(point),
      end: formatLogPoint(this.end()),
    });
  }
}
