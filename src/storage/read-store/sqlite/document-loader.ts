import { Statement, type SqlValue } from '../../sqlite/statement.js';
import type { ViewDocument } from '../read-store.port.js';
import type { FieldValue } from '../view-filter.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import type { Cells } from './cells.js';
import { cellValues, fromText, isCoded, type Column } from './view-columns.js';

type LoadedRow = Cells & { readonly id: string; readonly time: string; readonly body: string };

/** Makes documents of rows again. */
export class DocumentLoader {
  readonly #byRow: Statement<LoadedRow>;
  readonly #byId: Statement<LoadedRow>;
  readonly #text: Statement<{ value: string }>;
  readonly #texts = new Map<number, string>();

  constructor(private readonly snapshot: GenerationSnapshot) {
    const { database, tables } = snapshot;
    const select = `SELECT * FROM ${tables.documents} JOIN ${tables.bodies} USING (row)`;
    this.#byRow = new Statement(database, `${select} WHERE row = ?`);
    this.#byId = new Statement(database, `${select} WHERE id = ?`);
    this.#text = new Statement(database, `SELECT value FROM ${tables.values} WHERE value_id = ?`);
  }

  byRow(row: number): ViewDocument {
    const found = this.#byRow.get(row);
    if (!found) throw new TypeError('a document vanished inside a transaction');
    return this.#document(found);
  }

  byId(id: string): ViewDocument | undefined {
    const found = this.#byId.get(id);
    return found && this.#document(found);
  }

  #document(row: LoadedRow): ViewDocument {
    const fields: Record<string, FieldValue | readonly string[]> = {};
    for (const column of this.snapshot.columns.all) {
      const value = this.#value(column, row[column.sql] ?? null);
      if (value !== undefined) fields[column.name] = value;
    }
    return { id: row.id, time: row.time, fields, body: row.body };
  }

  #value(column: Column, cell: SqlValue): FieldValue | readonly string[] | undefined {
    if (cell === null) return undefined;
    if (!isCoded(column)) return cell as string | number;
    const texts = cellValues(cell).map((value) => this.textOf(value));
    if (column.type === 'keywords') return texts;
    return texts[0] === undefined ? undefined : fromText(texts[0], column);
  }

  /** The text of a number of the dictionary. */
  textOf(value: number): string {
    const known = this.#texts.get(value) ?? this.#text.get(value)?.value;
    if (known === undefined) throw new TypeError('a document has a value that is not in the dictionary');
    this.#texts.set(value, known);
    return known;
  }
}
