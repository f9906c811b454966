import type { Statement } from '../../sqlite/statement.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { SEGMENT_ROWS } from './row-set.js';
import { rowsUnder, uniqueKey } from './unique-entries.js';
import type { Column } from './view-columns.js';

/** Finds documents of sealed segments by a unique text. */
export class UniqueSearch {
  readonly #entries: Statement<{ segment: number; entries: Uint8Array }>;

  constructor(private readonly snapshot: Pick<GenerationSnapshot, 'statements' | 'tables'>) {
    const { statements, tables } = snapshot;
    this.#entries = statements.of(
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
    const { statements, tables } = this.snapshot;
    const select = `SELECT 1 AS same FROM ${tables.documents} WHERE row = ? AND ${column.sql} = ?`;
    const compare = statements.of<{ same: number }>(select);
    return candidates.filter((row) => compare.get(row, text) !== undefined);
  }
}
