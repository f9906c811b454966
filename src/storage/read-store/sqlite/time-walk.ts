import { Statement, type SqlValue } from '../../sqlite/statement.js';
import { columnsIn, type Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import type { RowCalls } from './row-calls.js';
import type { RowSet } from './row-set.js';
import { rowTest } from './row-test.js';
import type { TimeOrder } from './time-order.js';

/** What a walk looks for. */
export interface WalkGoal {
  readonly candidates: RowSet;
  /** Must hold of a candidate too. */
  readonly residual: Condition;
  readonly limit: number;
}

/** Walks along the documents in order of time and keeps those that match, until there are enough. */
export class TimeWalk {
  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly calls: RowCalls,
    private readonly order: TimeOrder,
  ) {}

  /** The rows in order; `undefined` when the first `patience` documents held too few. */
  find({ candidates, residual, limit }: WalkGoal, patience: number): number[] | undefined {
    const names = [...new Set(columnsIn(residual).map(({ sql }) => sql))];
    const test = rowTest(residual);
    let walked = 0;
    // Past its patience the walk takes whatever comes, so that the statement ends.
    const onRow = (row: number, cells: readonly SqlValue[]): boolean => {
      if (cells.length === 0) walked += 1;
      if (walked > patience) return true;
      return cells.length === 0
        ? candidates.has(row)
        : test(Object.fromEntries(names.map((name, n) => [name, cells[n] ?? null])));
    };
    const rows = this.calls.use(onRow, this.snapshot.deadline, () => {
      return this.#statement(names).all(...this.order.start, this.order.end, limit);
    });
    return walked > patience ? undefined : rows.map(({ row }) => row);
  }

  /** The index has the row and its order; its other cells are read of candidates only. */
  #statement(names: readonly string[]): Statement<{ row: number }> {
    const { database, tables } = this.snapshot;
    const matches =
      names.length > 0 ? `CASE WHEN on_row(row) THEN on_row(row, ${names.join(', ')}) END` : 'on_row(row)';
    return new Statement(
      database,
      `SELECT row FROM ${tables.documents} INDEXED BY ${tables.byTime}
        WHERE ${this.order.condition} AND ${matches} ${this.order.orderBy} LIMIT ?`,
    );
  }
}
