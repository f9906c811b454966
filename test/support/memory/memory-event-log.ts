import type { LogPoint } from '../../../src/domain/position.js';
import {
  EventLog,
  type Appended,
  type LogRecord,
  type StoredRecord,
} from '../../../src/storage/event-log/event-log.port.js';

/** An event log for specs that are about something else. */
export class MemoryEventLog extends EventLog {
  override readonly capabilities = { gapless: true, duplicatesKnown: true, atomicAppend: true };
  readonly records: (StoredRecord & { readonly day: number })[] = [];
  readonly #listeners = new Set<() => void>();

  override append(records: readonly LogRecord[]): Promise<readonly Appended[]> {
    const appended = records.map((record): Appended => {
      const stored = this.#find(record);
      if (stored) return { duplicate: true, position: stored.position };
      const position = { epoch: 1, partition: 0, offset: this.records.length };
      const { id, day, partitionHash } = record;
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

  override read(from: LogPoint, limit: number): Promise<readonly StoredRecord[]> {
    const start = from.next[0] ?? 0;
    return Promise.resolve(this.records.slice(start, start + limit));
  }

  override end(): Promise<LogPoint> {
    return Promise.resolve({ epoch: 1, next: [this.records.length] });
  }

  override subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }

  #find({ id, day }: Pick<LogRecord, 'id' | 'day'>): StoredRecord | undefined {
    return this.records.find((record) => record.id === id && Math.abs(record.day - day) <= 1);
  }
}
