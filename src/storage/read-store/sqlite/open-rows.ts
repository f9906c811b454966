import { columnsIn, type Condition } from './condition.js';
import type { Cells } from './cells.js';
import { coarseFilter } from './coarse-filter.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import type { PlacedRow } from './page-rows.js';
import { SEGMENT_ROWS } from './row-set.js';
import { rowTest } from './row-test.js';
import type { TimeOrder } from './time-order.js';

/** The columns that a condition looks at, for a SELECT. */
export function selectedColumns(...conditions: readonly Condition[]): string {
  const names = new Set(conditions.flatMap(columnsIn).map(({ sql }) => sql));
  return [...names].map((name) => `, ${name}`).join('');
}

/** The matching rows of the newest segment, which is not in the index yet: each is looked at. */
export function openRows(snapshot: GenerationSnapshot, condition: Condition, order?: TimeOrder): PlacedRow[] {
  const { statements, tables, nextRow } = snapshot;
  const coarse = coarseFilter(condition);
  const select = `SELECT row, id, time${selectedColumns(condition)} FROM ${tables.documents} NOT INDEXED
    WHERE row >= ? AND ${coarse.sql}${order ? ` AND ${order.condition}` : ''}`;
  const rows = statements.of<Cells & PlacedRow>(select);
  const edges = order ? [...order.start, order.end] : [];
  return rows.all(nextRow - (nextRow % SEGMENT_ROWS), ...coarse.values, ...edges).filter(rowTest(condition));
}
