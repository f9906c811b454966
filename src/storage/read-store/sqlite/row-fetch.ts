import type { Cells } from './cells.js';
import type { Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { selectedColumns } from './open-rows.js';
import type { PlacedRow } from './page-rows.js';
import { rowTest } from './row-test.js';
import type { TimeOrder } from './time-order.js';

/** Those of the rows that lie where the order says and of which the conditions hold: each document is looked at. */
export function fetchRows(
  { statements, tables, deadline }: GenerationSnapshot,
  { condition, start, end }: TimeOrder,
  rows: readonly number[],
  residual: readonly Condition[],
): PlacedRow[] {
  if (rows.length === 0) return [];
  deadline.check();
  return statements
    .of<Cells & PlacedRow>(
      `SELECT row, id, time${selectedColumns(...residual)} FROM ${tables.documents} NOT INDEXED
      WHERE row IN (SELECT value FROM json_each(?)) AND ${condition}`,
    )
    .all(JSON.stringify(rows), ...start, end)
    .filter(rowTest({ kind: 'all', of: residual }));
}
