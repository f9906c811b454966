import type { DatabaseSync } from 'node:sqlite';
import { Statement } from '../../sqlite/statement.js';
import { addressBytes } from './address-form.js';
import { foldedText } from './folded-text.js';
import type { GenerationTables } from './generation-tables.js';
import type { Column } from './view-columns.js';

/** Entries of each half of the cache. */
const CACHED = 20_000;

/** The numbers that stand for texts in one generation, for its writer. */
export class ValueDictionary {
  readonly #insert: Statement<{ value_id: number }>;
  readonly #find: Statement<{ value_id: number }>;
  readonly #delete: Statement;
  /** A cache in two halves: a full one becomes the old one, and what is asked for again moves on. */
  #recent = new Map<string, number>();
  #old = new Map<string, number>();

  constructor(database: DatabaseSync, { values }: GenerationTables) {
    this.#insert = new Statement(
      database,
      `INSERT INTO ${values}(field, value, form) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING value_id`,
    );
    this.#find = new Statement(database, `SELECT value_id FROM ${values} WHERE field = ? AND value = ?`);
    this.#delete = new Statement(database, `DELETE FROM ${values} WHERE value_id = ?`);
  }

  /** The value's number, given now if it has none yet. */
  numberOf(column: Column, text: string): number {
    const key = `${column.index} ${text}`;
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const value = this.#old.get(key) ?? this.#look(column, text);
    this.#recent.set(key, value);
    if (this.#recent.size >= CACHED) {
      this.#old = this.#recent;
      this.#recent = new Map();
    }
    return value;
  }

  delete(valueIds: Iterable<number>): void {
    for (const valueId of valueIds) this.#delete.run(valueId);
    this.forget();
  }

  /** To be called when what was given may not be in the file, or another connection has written. */
  forget(): void {
    this.#recent = new Map();
    this.#old = new Map();
  }

  #look(column: Column, text: string): number {
    const form = valueForm(column, text);
    const found = this.#insert.get(column.index, text, form) ?? this.#find.get(column.index, text);
    if (!found) throw new TypeError('a value is neither new nor there');
    return found.value_id;
  }
}

/** What a value is compared by beside its text: an address as bytes, searched text without case. */
function valueForm({ type }: Column, text: string): Uint8Array | string | null {
  if (type === 'ip') return addressBytes(text) ?? null;
  return type === 'text' ? foldedText(text) : null;
}
