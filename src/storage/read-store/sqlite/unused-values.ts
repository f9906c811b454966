import type { DatabaseSync } from 'node:sqlite';
import { Statement } from '../../sqlite/statement.js';
import type { GenerationTables } from './generation-tables.js';
import type { Cells } from './cells.js';
import type { SealedIndex } from './sealed-index.js';
import type { ValueDictionary } from './value-dictionary.js';
import { cellValues, isCoded, type Column, type ViewColumns } from './view-columns.js';

export interface UnusedValuesParts {
  readonly tables: GenerationTables;
  readonly columns: ViewColumns;
  readonly index: SealedIndex;
  readonly dictionary: ValueDictionary;
}

/**
 * Takes texts out of the dictionary that no document has any more: they may be a person's name or address, and a person
 * who was erased must be gone from here too.
 */
export class UnusedValues {
  readonly #candidates = new Map<number, Column>();

  constructor(
    private readonly database: DatabaseSync,
    private readonly parts: UnusedValuesParts,
  ) {}

  /** A document changed or, with `after` undefined, went. */
  replaced(before: Cells, after: Cells | undefined): void {
    for (const column of this.parts.columns.all) {
      if (!isCoded(column) || before[column.sql] === after?.[column.sql]) continue;
      for (const value of cellValues(before[column.sql])) this.#candidates.set(value, column);
    }
  }

  /** Deletes the values that nobody has. `firstOpen`: rows from here on are not in the index. */
  sweep(firstOpen: number): void {
    if (this.#candidates.size === 0) return;
    for (const value of this.#candidates.keys()) {
      if (this.parts.index.holds(value)) this.#candidates.delete(value);
    }
    for (const column of new Set(this.#candidates.values())) {
      for (const value of this.#openValues(column, firstOpen)) this.#candidates.delete(value);
    }
    if (this.#candidates.size > 0) this.parts.dictionary.delete(this.#candidates.keys());
    this.#candidates.clear();
  }

  forget(): void {
    this.#candidates.clear();
  }

  #openValues({ sql }: Column, firstOpen: number): Set<number> {
    const { documents } = this.parts.tables;
    const cells = new Statement<Cells>(
      this.database,
      `SELECT DISTINCT ${sql} AS cell FROM ${documents} WHERE row >= ?`,
    );
    return new Set(cells.all(firstOpen).flatMap(({ cell }) => cellValues(cell)));
  }
}
