import { Statement } from '../../sqlite/statement.js';
import type { Cells } from './cells.js';
import type { Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { selectedColumns } from './open-rows.js';
import type { RowSet } from './row-set.js';
import { rowTest } from './row-test.js';
import type { TimedSegment } from './segment-order.js';
import type { TimeOrder } from './time-order.js';

interface FetchedRow {
  readonly row: number;
  readonly id: string;
  readonly time: string;
}

/** What a fetch looks for. */
export interface FetchGoal {
  readonly candidates: RowSet;
  /** Must hold of a candidate too. */
  readonly residual: Condition;
  readonly limit: number;
}

/**
 * Fetches candidates and sorts them, segment by segment from where the page begins, until no segment left can hold
 * anything that would stand on the page. What is recorded mostly follows the time, so that a few segments are enough.
 */
export class SegmentFetch {
  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly order: TimeOrder,
  ) {}

  /** @param first so many of the segments are looked at in any case; then twice as many at a time. */
  find(segments: readonly TimedSegment[], first: number, { candidates, residual, limit }: FetchGoal): number[] {
    let found: FetchedRow[] = [];
    for (let from = 0, size = Math.max(1, first); from < segments.length; from += size, size *= 2) {
      const next = segments.slice(from, from + size);
      const rows = next.flatMap(({ segment }) => candidates.rows(segment));
      found = found.concat(this.#fetch(rows, residual));
      if (this.#isFull(found, limit, segments[from + size]?.begins)) break;
    }
    return this.#sorted(found)
      .slice(0, limit)
      .map(({ row }) => row);
  }

  /** True when the page is full of what stands before everything from `begins` on. */
  #isFull(found: readonly FetchedRow[], limit: number, begins: string | undefined): boolean {
    if (begins === undefined || found.length < limit) return false;
    const last = this.#sorted(found)[limit - 1];
    return last !== undefined && (this.order.ascending ? last.time < begins : last.time > begins);
  }

  #fetch(rows: readonly number[], residual: Condition): FetchedRow[] {
    if (rows.length === 0) return [];
    this.snapshot.deadline.check();
    const { database, tables } = this.snapshot;
    const { condition, start, end } = this.order;
    return new Statement<Cells & FetchedRow>(
      database,
      `SELECT row, id, time${selectedColumns(residual)} FROM ${tables.documents} NOT INDEXED
        WHERE row IN (SELECT value FROM json_each(?)) AND ${condition}`,
    )
      .all(JSON.stringify(rows), ...start, end)
      .filter(rowTest(residual))
      .map(({ row, id, time }) => ({ row, id, time }));
  }

  #sorted(found: readonly FetchedRow[]): readonly FetchedRow[] {
    const direction = this.order.ascending ? 1 : -1;
    return found.toSorted((left, right) => direction * compareRows(left, right));
  }
}

/** The index's order: SQLite compares the bytes of UTF-8, which differs from UTF-16 beyond U+FFFF. */
function compareRows(left: FetchedRow, right: FetchedRow): number {
  if (left.time !== right.time) return left.time < right.time ? -1 : 1;
  return Buffer.compare(Buffer.from(left.id), Buffer.from(right.id));
}
