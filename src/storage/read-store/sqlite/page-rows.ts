import type { TimeOrder } from './time-order.js';

/** A document by its number, and where it stands in the order of time. */
export interface PlacedRow {
  readonly row: number;
  readonly id: string;
  readonly time: string;
}

/** The best of the rows found so far: as many as a page holds, in its order. */
export class PageRows {
  #rows: readonly PlacedRow[] = [];

  constructor(
    private readonly order: Pick<TimeOrder, 'ascending'>,
    private readonly limit: number,
  ) {}

  get rows(): readonly PlacedRow[] {
    return this.#rows;
  }

  /** Rows that are here already stay once. */
  add(rows: readonly PlacedRow[]): void {
    const direction = this.order.ascending ? 1 : -1;
    const each = new Map([...this.#rows, ...rows].map((one) => [one.row, one]));
    this.#rows = [...each.values()].sort((left, right) => direction * comparePlaces(left, right)).slice(0, this.limit);
  }

  /** True when nothing that stands at `begins` or behind it on the page's way can be on it any more. */
  isFullBefore(begins: string | undefined): boolean {
    const last = this.#rows[this.limit - 1];
    return (
      last !== undefined && begins !== undefined && (this.order.ascending ? last.time < begins : last.time > begins)
    );
  }
}

/** The index's order: SQLite compares the bytes of UTF-8, which differs from UTF-16 beyond U+FFFF. */
function comparePlaces(left: PlacedRow, right: PlacedRow): number {
  if (left.time !== right.time) return left.time < right.time ? -1 : 1;
  return Buffer.compare(Buffer.from(left.id), Buffer.from(right.id));
}
