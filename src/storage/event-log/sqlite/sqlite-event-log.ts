import { KeytrailError } from '../../../domain/errors.js';
import type { LogPoint } from '../../../domain/position.js';
import { openOrClose } from '../../sqlite/open-or-close.js';
import { promised } from '../../sqlite/promised.js';
import type { FileOptions } from '../../sqlite/sqlite-file.js';
import {
  EventLog,
  type Appended,
  type EventLogCapabilities,
  type LogRecord,
  type StoredRecord,
} from '../event-log.port.js';
import { AppendWatch } from './append-watch.js';
import { EVENT_LOG_FORMAT } from './event-log-format.js';
import { LogReader } from './log-reader.js';
import { LogWriter } from './log-writer.js';
import { packRecords, unpackAppended, type AppendedOffsets, type RecordBatch } from './record-batch.js';
import { ThreadedLogWriter, type ThreadedLogOptions } from './threaded-log-writer.js';

/** Where appends go: another thread, this one, or nowhere. */
interface Appender {
  append(batch: RecordBatch): Promise<AppendedOffsets>;
  close(): Promise<void>;
}

/**
 * The event log in one SQLite file. Reads run in the calling thread, on a connection of their own; appends run where the
 * factory says. Partition 0 is the only one.
 */
export class SqliteEventLog extends EventLog {
  readonly capabilities: EventLogCapabilities = { gapless: true, duplicatesKnown: true, atomicAppend: true };
  readonly #reader: LogReader;
  readonly #watch: AppendWatch;

  private constructor(
    options: FileOptions,
    private readonly appender: Appender,
  ) {
    super();
    this.#reader = new LogReader(options);
    this.#watch = new AppendWatch(() => this.#reader.end().next[0] ?? 0);
  }

  /** Appends in a thread of its own, so that a slow disk never holds the caller's. Each append ends within `waitMs`. */
  static async threaded(options: ThreadedLogOptions): Promise<SqliteEventLog> {
    const writer = new ThreadedLogWriter(options);
    await openOrClose(writer);
    return new SqliteEventLog(options, writer);
  }

  /** Appends in the calling thread. */
  static inThread(options: FileOptions): SqliteEventLog {
    const writer = new LogWriter(options);
    writer.open();
    return new SqliteEventLog(options, {
      append: (batch) => promised(() => writer.append(batch) ?? new Float64Array()),
      close: () =>
        promised(() => {
          writer.close();
        }),
    });
  }

  /** For other threads: only reads, of a log that another thread has opened. */
  static reading(options: FileOptions): SqliteEventLog {
    const refusal = new KeytrailError('STORAGE.UNAVAILABLE', { store: EVENT_LOG_FORMAT.store, reason: 'read-only' });
    return new SqliteEventLog(options, { append: () => Promise.reject(refusal), close: () => Promise.resolve() });
  }

  async append(records: readonly LogRecord[]): Promise<readonly Appended[]> {
    if (records.length === 0) return [];
    // Asked before: what fails behind the commit would tell of events that are durable that they are not.
    const epoch = this.#reader.epoch();
    const offsets = await this.appender.append(packRecords(records));
    this.#watch.appended(offsets.reduce((highest, offset) => Math.max(highest, offset), -1) + 1);
    return unpackAppended(offsets, epoch);
  }

  find(keys: readonly Pick<LogRecord, 'id' | 'day'>[]): Promise<ReadonlyMap<string, StoredRecord>> {
    return promised(() => this.#reader.find(keys));
  }

  read(from: LogPoint, limit: number, partitions: readonly number[] = [0]): Promise<readonly StoredRecord[]> {
    return promised(() => (partitions.includes(0) ? this.#reader.read(from, limit) : []));
  }

  /** Made with the file, and in every copy of it. */
  get logId(): string {
    return this.#reader.logId();
  }

  end(): Promise<LogPoint> {
    return promised(() => this.#reader.end());
  }

  subscribe(listener: () => void): () => void {
    return this.#watch.add(listener);
  }

  async close(): Promise<void> {
    this.#watch.stop();
    this.#reader.close();
    await this.appender.close();
  }
}
