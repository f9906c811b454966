import type { DatabaseSync } from 'node:sqlite';
import { Statement } from '../../sqlite/statement.js';
import type { CellChange, Cells } from './cells.js';
import type { GenerationTables } from './generation-tables.js';
import { SEGMENT_ROWS } from './row-set.js';
import { addEntry, removeEntry, uniqueKey } from './unique-entries.js';
import type { Column } from './view-columns.js';

const NONE = new Uint8Array();

/** The index of unique texts, for the generation's writer. */
export class UniqueIndex {
  readonly #get: Statement<{ entries: Uint8Array }>;
  readonly #set: Statement;

  constructor(database: DatabaseSync, { uniques }: GenerationTables) {
    const at = 'WHERE field = ? AND bucket = ? AND segment = ?';
    this.#get = new Statement(database, `SELECT entries FROM ${uniques} ${at}`);
    this.#set = new Statement(database, `INSERT OR REPLACE INTO ${uniques} VALUES (?, ?, ?, ?)`);
  }

  /** Writes the texts of a segment that is full. */
  seal(column: Column, segment: number, documents: readonly (Cells & { readonly row: number })[]): void {
    const buckets = new Map<number, Uint8Array>();
    for (const document of documents) {
      const text = document[column.sql];
      if (typeof text !== 'string') continue;
      const { bucket, hash } = uniqueKey(text);
      buckets.set(bucket, addEntry(buckets.get(bucket) ?? NONE, hash, document.row % SEGMENT_ROWS));
    }
    for (const [bucket, entries] of buckets) this.#set.run(column.index, bucket, segment, entries);
  }

  /** Follows a change of a document in a sealed segment. */
  change(column: Column, { row, before, after }: CellChange): void {
    const old = before[column.sql];
    const now = after?.[column.sql];
    if (old === now) return;
    if (typeof old === 'string') this.#update(column, row, old, removeEntry);
    if (typeof now === 'string') this.#update(column, row, now, addEntry);
  }

  #update(column: Column, row: number, text: string, change: typeof addEntry): void {
    const { bucket, hash } = uniqueKey(text);
    const segment = Math.floor(row / SEGMENT_ROWS);
    const entries = this.#get.get(column.index, bucket, segment)?.entries ?? NONE;
    this.#set.run(column.index, bucket, segment, change(entries, hash, row % SEGMENT_ROWS));
  }
}
