import type { StoredRecord } from '../../event-log.port.js';

/** What was fetched behind a point and not given out yet, so that a batch is not fetched again for each page of it. */
export interface Kept {
  readonly records: readonly StoredRecord[];
  /** The offset behind them, up to which there is nothing else. */
  readonly next: number;
}

/** Most kept lists: a few readers at points of their own, on each of a few dozen partitions. */
const LISTS = 96;

/** By partition and offset. The oldest go first when there are too many bytes. */
export class KeptRecords {
  readonly #kept = new Map<string, Kept & { readonly bytes: number }>();
  #bytes = 0;

  constructor(private readonly mostBytes: number) {}

  take(partition: number, offset: number): Kept | undefined {
    const key = `${partition}:${offset}`;
    const kept = this.#kept.get(key);
    if (kept) this.#drop(key, kept.bytes);
    return kept;
  }

  keep(partition: number, offset: number, kept: Kept): void {
    const key = `${partition}:${offset}`;
    const bytes = kept.records.reduce((sum, { entry, encrypted }) => sum + entry.length + encrypted.length, 0);
    this.#drop(key, this.#kept.get(key)?.bytes ?? 0);
    this.#kept.set(key, { ...kept, bytes });
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.mostBytes && this.#kept.size <= LISTS) break;
      this.#drop(oldest, freed);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #drop(key: string, bytes: number): void {
    if (this.#kept.delete(key)) this.#bytes -= bytes;
  }
}
