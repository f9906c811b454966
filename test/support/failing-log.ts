import { KeytrailError } from '../../src/domain/errors.js';
import type { LogPoint } from '../../src/domain/position.js';
import {
  EventLog,
  type Appended,
  type EventLogCapabilities,
  type LogRecord,
  type StoredRecord,
} from '../../src/storage/event-log/event-log.port.js';

/** A real log that a spec can break, hold up, and make forget what it knows of duplicates. */
export class FailingLog extends EventLog {
  /** Appends fail with this until it is taken away. */
  failure: KeytrailError | undefined;
  /** Awaited before an append. */
  hold: Promise<void> = Promise.resolve();
  duplicatesKnown = true;
  readonly appends: number[] = [];

  constructor(private readonly log: EventLog) {
    super();
  }

  override get capabilities(): EventLogCapabilities {
    return { gapless: true, duplicatesKnown: this.duplicatesKnown, atomicAppend: true };
  }

  override async append(records: readonly LogRecord[]): Promise<readonly Appended[]> {
    await this.hold;
    if (this.failure) throw this.failure;
    this.appends.push(records.length);
    return this.log.append(records);
  }

  override find(keys: readonly Pick<LogRecord, 'id' | 'day'>[]): Promise<ReadonlyMap<string, StoredRecord>> {
    if (!this.duplicatesKnown) throw new KeytrailError('INTERNAL.UNEXPECTED');
    return this.log.find(keys);
  }

  override read(from: LogPoint, limit: number): Promise<readonly StoredRecord[]> {
    return this.log.read(from, limit);
  }

  override end(): Promise<LogPoint> {
    return this.log.end();
  }

  override subscribe(listener: () => void): () => void {
    return this.log.subscribe(listener);
  }

  override close(): Promise<void> {
    return this.log.close();
  }
}
