import { Statement } from '../../sqlite/statement.js';
import { columnsIn, type Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { SEGMENT_ROWS } from './row-set.js';
import { rowTest } from './row-test.js';
import type { Cells } from './cells.js';

/** The columns that a condition looks at, for a SELECT. */
export function selectedColumns(...conditions: readonly Condition[]): string {
  const names = new Set(conditions.flatMap(columnsIn).map(({ sql }) => sql));
  return [...names].map((name) => `, ${name}`).join('');
}

/** The matching rows of the newest segment, which is not in the index yet: each is looked at. */
export function openRows(snapshot: GenerationSnapshot, condition: Condition): number[] {
  const { database, tables, nextRow } = snapshot;
  const test = rowTest(condition);
  const select = `SELECT row${selectedColumns(condition)} FROM ${tables.documents} WHERE row >= ?`;
  const rows = new Statement<Cells & { row: number }>(database, select).all(nextRow - (nextRow % SEGMENT_ROWS));
  return rows.filter(test).map(({ row }) => row);
}
