import type { DatabaseSync } from 'node:sqlite';
import { Statement } from '../../sqlite/statement.js';
import type { GenerationTables } from './generation-tables.js';
import { SEGMENT_ROWS } from './row-set.js';
import { rowsUnder, uniqueKey } from './unique-entries.js';
import type { Column } from './view-columns.js';

/** Finds documents of sealed segments by a unique text. */
export class UniqueSearch {
  readonly #entries: Statement<{ segment: number; entries: Uint8Array }>;

  constructor(
    private readonly database: DatabaseSync,
    private readonly tables: GenerationTables,
  ) {
    this.#entries = new Statement(
      database,
      `SELECT segment, entries FROM ${tables.uniques}
        WHERE field = ? AND bucket = ? AND segment BETWEEN ? AND ?`,
    );
  }

  /** @param reach the lowest and the highest segment to look in */
  rowsOf(column: Column, text: string, reach: readonly [number, number]): number[] {
    const { bucket, hash } = uniqueKey(text);
    const candidates = this.#entries
      .all(column.index, bucket, ...reach)
      .flatMap(({ segment, entries }) => rowsUnder(entries, hash).map((row) => segment * SEGMENT_ROWS + row));
    if (candidates.length === 0) return [];
    const select = `SELECT 1 AS same FROM ${this.tables.documents} WHERE row = ? AND ${column.sql} = ?`;
    const compare = new Statement<{ same: number }>(this.database, select);
    return candidates.filter((row) => compare.get(row, text) !== undefined);
  }
}
