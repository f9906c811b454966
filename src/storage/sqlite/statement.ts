import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type SqlValue = string | number | bigint | Uint8Array | null;

/**
 * A prepared statement with positional parameters (`?`). It checks how many values it gets: node:sqlite stores NULL for
 * a missing one without a word. SQL here never holds a literal question mark.
 */
export class Statement<Row extends object = never> {
  readonly #statement: StatementSync;
  readonly #parameters: number;

  constructor(database: DatabaseSync, sql: string) {
    this.#statement = database.prepare(sql);
    this.#parameters = countParameters(sql);
  }

  /** Runs the statement; answers how many rows it changed. */
  run(...values: SqlValue[]): number {
    this.#check(values);
    return Number(this.#statement.run(...values).changes);
  }

  get(...values: SqlValue[]): Row | undefined {
    this.#check(values);
    return this.#statement.get(...values) as Row | undefined;
  }

  all(...values: SqlValue[]): Row[] {
    this.#check(values);
    return this.#statement.all(...values) as Row[];
  }

  #check(values: readonly SqlValue[]): void {
    if (values.length !== this.#parameters) {
      throw new TypeError(`the statement takes ${this.#parameters} values, not ${values.length}`);
    }
  }
}

/** `?` counts one; `?3` says that there are at least three. */
function countParameters(sql: string): number {
  let count = 0;
  for (const [, number] of sql.matchAll(/\?(\d*)/g)) count = number ? Math.max(count, Number(number)) : count + 1;
  return count;
}
