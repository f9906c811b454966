import type { SqlValue } from '../../sqlite/statement.js';

/** A document's cells as the documents' table has them, by column name. */
export type Cells = Readonly<Record<string, SqlValue>>;

/** A document in a sealed segment that changes: `undefined` for one that goes. */
export interface CellChange {
  readonly row: number;
  readonly before: Cells;
  readonly after: Cells | undefined;
}
