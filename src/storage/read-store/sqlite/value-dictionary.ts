import type { DatabaseSync } from 'node:sqlite';
import { Statement } from '../../sqlite/statement.js';
import { addressBytes } from './address-form.js';
import { foldedText } from './folded-text.js';
import type { GenerationTables } from './generation-tables.js';
import type { Column } from './view-columns.js';

/** Entries in each half of a field's cache. */
const CACHED = 4_000;

/** A field's cache in two halves: a full one becomes the old one, and what is asked for again moves on. */
interface Known {
  recent: Map<string, number>;
  old: ReadonlyMap<string, number>;
}

/** The numbers that stand for texts in one generation, for its writer. */
export class ValueDictionary {
  readonly #find: Statement<{ value_id: number }>;
  readonly #insert: Statement<{ value_id: number }>;
  readonly #delete: Statement;
  /** By the field's number: a field with many texts does not push out those of another. */
  #known: Known[] = [];

  constructor(database: DatabaseSync, { values }: GenerationTables) {
    this.#find = new Statement(database, `SELECT value_id FROM ${values} WHERE field = ? AND value = ?`);
    this.#insert = new Statement(
      database,
      `INSERT INTO ${values}(field, value, form) VALUES (?, ?, ?) RETURNING value_id`,
    );
    this.#delete = new Statement(database, `DELETE FROM ${values} WHERE value_id = ?`);
  }

  /** The value's number, given now if it has none yet. */
  numberOf(column: Column, text: string): number {
    const known = (this.#known[column.index] ??= { recent: new Map(), old: new Map() });
    const recent = known.recent.get(text);
    if (recent !== undefined) return recent;
    const value = known.old.get(text) ?? this.#lookUp(column, text);
    known.recent.set(text, value);
    if (known.recent.size >= CACHED) {
      known.old = known.recent;
      known.recent = new Map();
    }
    return value;
  }

  delete(valueIds: Iterable<number>): void {
    for (const valueId of valueIds) this.#delete.run(valueId);
    this.forget();
  }

  /** To be called when what was given may not be in the file, or another connection has written. */
  forget(): void {
    this.#known = [];
  }

  #lookUp(column: Column, text: string): number {
    const { index } = column;
    const row = this.#find.get(index, text) ?? this.#insert.get(index, text, valueForm(column, text));
    if (!row) throw new TypeError('a value was neither found nor written');
    return row.value_id;
  }
}

/** What a value is compared by beside its text: an address as bytes, searched text without case. */
function valueForm({ type }: Column, text: string): Uint8Array | string | null {
  if (type === 'ip') return addressBytes(text) ?? null;
  return type === 'text' ? foldedText(text) : null;
}
