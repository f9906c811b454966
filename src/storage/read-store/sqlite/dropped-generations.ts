import type { DatabaseSync } from 'node:sqlite';
import { Statement } from '../../sqlite/statement.js';
import { GenerationTables } from './generation-tables.js';

/** Rows taken away at a time, so that nobody waits long for the file. */
const SLICE = 2000;

/** Takes away what dropped generations leave behind, a little at a time. */
export class DroppedGenerations {
  readonly #next: Statement<{ generation: number }>;
  readonly #forget: Statement;

  constructor(private readonly database: DatabaseSync) {
    this.#next = new Statement(database, `SELECT generation FROM generations WHERE state = 'dropped' LIMIT 1`);
    this.#forget = new Statement(database, 'DELETE FROM generations WHERE generation = ?');
  }

  /** `true` while there is more. */
  cleanUp(): boolean {
    const dropped = this.#next.get();
    if (!dropped) return false;
    const tables = new GenerationTables(dropped.generation);
    // What may hold names goes row by row and is overwritten; the rest is numbers, and goes at once.
    if (this.#emptySlice(tables.bodies, 'row') || this.#emptySlice(tables.values, 'value_id')) return true;
    if (this.#emptySlice(tables.documents, 'row')) return true;
    this.database.exec('PRAGMA secure_delete = OFF');
    for (const table of tables.all) this.database.exec(`DROP TABLE ${table}`);
    this.database.exec('PRAGMA secure_delete = ON');
    this.#forget.run(dropped.generation);
    return true;
  }

  #emptySlice(table: string, key: string): boolean {
    const slice = `SELECT ${key} FROM ${table} LIMIT ${SLICE}`;
    return new Statement(this.database, `DELETE FROM ${table} WHERE ${key} IN (${slice})`).run() > 0;
  }
}
