import { Statement } from '../../sqlite/statement.js';
import type { Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { selectedColumns } from './open-rows.js';
import type { RowSet } from './row-set.js';
import { rowTest } from './row-test.js';
import type { Cells } from './cells.js';
import type { TimeOrder, TimePlace } from './time-order.js';

const FIRST_CHUNK = 256;
const LARGEST_CHUNK = 4096;

type WalkedRow = Cells & { readonly row: number };

/** Walks along the documents in order of time and keeps those that match, until there are enough. */
export class TimeWalk {
  readonly found: number[] = [];
  #place: TimePlace;
  #chunk = FIRST_CHUNK;

  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly order: TimeOrder,
    private readonly limit: number,
  ) {
    this.#place = order.start;
  }

  /**
   * Goes on and keeps the candidates for which the residual condition holds too. `true` when it has found enough or has
   * come to the end, `false` after `patience` documents.
   */
  collect(candidates: RowSet, residual: Condition, patience: number): boolean {
    const { database, tables } = this.snapshot;
    const test = rowTest(residual);
    const chunks = new Statement<WalkedRow>(
      database,
      `SELECT row${selectedColumns(residual)} FROM ${tables.documents} INDEXED BY ${tables.byTime}
        WHERE ${this.order.condition} ${this.order.orderBy} LIMIT ?`,
    );
    for (let walked = 0; walked < patience;) {
      this.snapshot.deadline.check();
      const rows = chunks.all(...this.#place, this.order.end, this.#chunk);
      for (const cells of rows) if (candidates.has(cells.row) && test(cells)) this.found.push(cells.row);
      const last = rows.at(-1);
      if (!last || rows.length < this.#chunk || this.found.length >= this.limit) return true;
      this.#place = this.#placeOf(last.row);
      walked += rows.length;
      this.#chunk = Math.min(this.#chunk * 2, LARGEST_CHUNK);
    }
    return false;
  }

  #placeOf(row: number): TimePlace {
    const { database, tables } = this.snapshot;
    const select = `SELECT time, id FROM ${tables.documents} WHERE row = ?`;
    const place = new Statement<{ time: string; id: string }>(database, select).get(row);
    if (!place) throw new TypeError('a document vanished inside a transaction');
    return [place.time, place.id];
  }
}
