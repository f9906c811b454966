import type { DatabaseSync } from 'node:sqlite';
import { Statement } from './statement.js';

/** More texts than this are not kept. */
const MOST = 100;

/** Prepared statements of one connection by their text: to prepare one takes longer than to look a row up. */
export class StatementCache {
  readonly #statements = new Map<string, Statement<object>>();

  constructor(private readonly database: DatabaseSync) {}

  /** @typeParam Row what the text selects */
  of<Row extends object>(sql: string): Statement<Row> {
    const known = this.#statements.get(sql);
    if (known) return known as Statement<Row>;
    if (this.#statements.size >= MOST) this.#statements.clear();
    const statement = new Statement<Row>(this.database, sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
