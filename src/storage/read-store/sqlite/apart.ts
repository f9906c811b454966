import type { DatabaseSync } from 'node:sqlite';
import { Statement } from '../../sqlite/statement.js';
import type { Cells } from './cells.js';
import type { Condition } from './condition.js';
import type { GenerationTables } from './generation-tables.js';
import { toText, type Column, type ViewColumns } from './view-columns.js';

/** Stands for a field in the table of zones: the times of a segment's documents that are apart. */
export const APART_TIMES = -1;

/** Tells the documents that come at other times than the rest (`FieldDefinition.apart`). */
export class Apart {
  readonly #column: Column | undefined;
  readonly #isSet: Statement<{ value_id: number }>;

  constructor(database: DatabaseSync, tables: GenerationTables, columns: ViewColumns) {
    this.#column = columns.apart;
    this.#isSet = new Statement(database, `SELECT value_id FROM ${tables.values} WHERE field = ? AND value = ?`);
  }

  /** Says of documents whether they are apart. */
  test(): (document: Cells) => boolean {
    const column = this.#column;
    const set = this.#numberOfSet();
    if (!column || set === undefined) return () => false;
    return (document) => document[column.sql] === set;
  }

  /** True when no document that is apart can meet all of these. */
  isLeftOutBy(conditions: readonly Condition[]): boolean {
    const set = this.#numberOfSet();
    return (
      set === undefined ||
      conditions.some((one) => one.kind === 'values' && one.column === this.#column && !one.values.has(set))
    );
  }

  #numberOfSet(): number | undefined {
    return this.#column && this.#isSet.get(this.#column.index, toText(true))?.value_id;
  }
}
