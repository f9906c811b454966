import { expect } from '@jest/globals';
import { pointAfter, type LogPoint } from '../../src/domain/position.js';
import type {
  Appended,
  EventLog,
  EventLogCapabilities,
  LogRecord,
  StoredRecord,
} from '../../src/storage/event-log/event-log.port.js';
import { contents } from './log-record.js';

/** What an adapter says that it can and can't do; the suite holds it to both. */
export interface LogPromise extends EventLogCapabilities {
  readonly partitions: number;
}

/** A plain list for each partition: what a log is expected to hold. */
export class LogModel {
  readonly #lists: LogRecord[][];
  readonly #last: number[];

  constructor(private readonly promise: LogPromise) {
    this.#lists = Array.from({ length: promise.partitions }, () => []);
    this.#last = this.#lists.map(() => -1);
  }

  /** The point before the first event. */
  static start(promise: LogPromise): LogPoint {
    return { epoch: 1, next: new Array<number>(promise.partitions).fill(0) };
  }

  /** Takes an append's answers as the next places of its records, and says whether they can be. */
  took(records: readonly LogRecord[], answers: readonly Appended[]): void {
    expect(answers).toHaveLength(records.length);
    for (const [index, record] of records.entries()) {
      const partition = record.partitionHash % this.promise.partitions;
      const known = this.#knownAt(record, partition);
      const last = this.#last[partition] ?? -1;
      const offset = known ?? this.#expectedOffset(answers[index], last);
      expect(answers[index]).toEqual({ duplicate: known !== undefined, position: { epoch: 1, partition, offset } });
      if (known !== undefined) continue;
      this.#lists[partition]?.push(record);
      this.#last[partition] = offset;
    }
  }

  get end(): LogPoint {
    return { epoch: 1, next: this.#last.map((offset) => offset + 1) };
  }

  /** All that is on the log, partition by partition. */
  get contents(): string[][][] {
    return this.#lists.map((list) => list.map(contents));
  }

  #knownAt({ id }: LogRecord, partition: number): number | undefined {
    if (!this.promise.duplicatesKnown) return undefined;
    const known = this.#lists[partition]?.findIndex((record) => record.id === id) ?? -1;
    return known < 0 ? undefined : known;
  }

  /** Offsets of a log with gaps need only rise. */
  #expectedOffset(answer: Appended | undefined, last: number): number {
    const offset = answer?.position.offset ?? -1;
    if (this.promise.gapless) return last + 1;
    expect(offset).toBeGreaterThan(last);
    return offset;
  }
}

/** Everything on the log, read from its beginning in pages. */
export async function readPages(
  log: EventLog,
  limit: number,
  partitions?: readonly number[],
): Promise<(readonly StoredRecord[])[]> {
  const pages: (readonly StoredRecord[])[] = [];
  const end = await log.end();
  for (let from: LogPoint = { epoch: end.epoch, next: end.next.map(() => 0) }; ;) {
    const page = await log.read(from, limit, partitions);
    if (page.length === 0) return pages;
    pages.push(page);
    from = pointAfter(
      from,
      page.map(({ position }) => position),
    );
  }
}

/** What pages hold, in the form that a model has. */
export function byPartition(pages: readonly (readonly StoredRecord[])[], { partitions }: LogPromise): string[][][] {
  const lists: string[][][] = Array.from({ length: partitions }, () => []);
  for (const record of pages.flat()) lists[record.position.partition]?.push(contents(record));
  return lists;
}
