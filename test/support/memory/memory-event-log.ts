import type { LogPoint } from '../../../src/domain/position.js';
import {
  EventLog,
  type Appended,
  type LogRecord,
  type StoredRecord,
} from '../../../src/storage/event-log/event-log.port.js';

/** An event log for specs that are about something else, of one partition unless told. */
export class MemoryEventLog extends EventLog {
  override readonly capabilities = { gapless: true, duplicatesKnown: true, atomicAppend: true };
  readonly records: (StoredRecord & { readonly day: number })[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(private readonly partitions = 1) {
    super();
  }

  override append(records: readonly LogRecord[]): Promise<readonly Appended[]> {
    const appended = records.map((record): Appended => {
      const stored = this.#find(record);
      if (stored) return { duplicate: true, position: stored.position };
      const { id, day, partitionHash } = record;
      const partition = partitionHash % this.partitions;
      const position = { epoch: 1, partition, offset: this.#of(partition).length };
      this.records.push({
        id,
        day,
        partitionHash,
        position,
        entry: record.entry.slice(),
        encrypted: record.encrypted.slice(),
      });
      return { duplicate: false, position };
    });
    for (const listener of this.#listeners) listener();
    return Promise.resolve(appended);
  }

  override find(keys: readonly Pick<LogRecord, 'id' | 'day'>[]): Promise<ReadonlyMap<string, StoredRecord>> {
    const found = new Map<string, StoredRecord>();
    for (const key of keys) {
      const stored = this.#find(key);
      if (stored) found.set(key.id, stored);
    }
    return Promise.resolve(found);
  }

  override read(from: LogPoint, limit: number, partitions = this.#all()): Promise<readonly StoredRecord[]> {
    const records = partitions.flatMap((partition) => this.#of(partition).slice(from.next[partition] ?? 0));
    return Promise.resolve(records.slice(0, limit));
  }

  override end(): Promise<LogPoint> {
    return Promise.resolve({ epoch: 1, next: this.#all().map((partition) => this.#of(partition).length) });
  }

  override subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }

  #all(): readonly number[] {
    return [...Array(this.partitions).keys()];
  }

  #of(partition: number): readonly StoredRecord[] {
    return this.records.filter(({ position }) => position.partition === partition);
  }

  #find({ id, day }: Pick<LogRecord, 'id' | 'day'>): StoredRecord | undefined {
    return this.records.find((record) => record.id === id && Math.abs(record.day - day) <= 1);
  }
}
