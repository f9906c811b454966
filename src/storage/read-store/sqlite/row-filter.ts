import type { DatabaseSync } from 'node:sqlite';
import type { Deadline } from './deadline.js';
import type { RowSet } from './row-set.js';

/** Calls between two looks at the clock. */
const CALLS = 4096;

/**
 * The SQL function `is_match(row)`: whether the row is in the set of the query at hand. As SQLite asks it for every row,
 * it is also where a long statement notices that its time is up; node:sqlite has no other way to interrupt one.
 */
export class RowFilter {
  #rows: RowSet | undefined;
  #deadline: Deadline | undefined;
  #calls = 0;

  constructor(database: DatabaseSync) {
    database.function('is_match', (row) => {
      this.#calls += 1;
      if (this.#calls % CALLS === 0) this.#deadline?.check();
      return this.#rows?.has(row as number) ? 1 : 0;
    });
  }

  use<Result>(rows: RowSet, deadline: Deadline, work: () => Result): Result {
    this.#rows = rows;
    this.#deadline = deadline;
    try {
      return work();
    } finally {
      this.#rows = undefined;
    }
  }
}
