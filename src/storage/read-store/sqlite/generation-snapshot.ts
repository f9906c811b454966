import type { StatementCache } from '../../sqlite/statement-cache.js';
import type { Deadline } from './deadline.js';
import type { GenerationTables } from './generation-tables.js';
import type { ViewColumns } from './view-columns.js';

/** One generation as one query sees it, inside one read transaction. */
export interface GenerationSnapshot {
  readonly statements: StatementCache;
  readonly tables: GenerationTables;
  readonly columns: ViewColumns;
  /** Rows are below this. */
  readonly nextRow: number;
  readonly deadline: Deadline;
  /** More groups than this do not fit into a query's memory at once. */
  readonly maxGroups: number;
}
