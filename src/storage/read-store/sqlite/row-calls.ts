import type { DatabaseSync } from 'node:sqlite';
import type { SqlValue } from '../../sqlite/statement.js';
import type { Deadline } from './deadline.js';

/** Told of a row and some cells of it; answers whether the statement may give the row out. */
export type RowCall = (row: number, cells: readonly SqlValue[]) => boolean;

/** Calls between two looks at the clock. */
const CALLS = 4096;

/**
 * The SQL function `on_row(row, cells...)`: calls the query at hand with each row that a statement reads, many times
 * faster than the statement could give the rows out. It is also where a long statement notices that its time is up:
 * node:sqlite has no other way to interrupt one.
 */
export class RowCalls {
  #call: RowCall | undefined;
  #deadline: Deadline | undefined;
  #calls = 0;

  constructor(database: DatabaseSync) {
    database.function('on_row', { varargs: true }, (row, ...cells) => {
      this.#calls += 1;
      if (this.#calls % CALLS === 0) this.#deadline?.check();
      return this.#call?.(row as number, cells) ? 1 : 0;
    });
  }

  /** @param work runs statements that call `on_row` */
  use<Result>(call: RowCall, deadline: Deadline, work: () => Result): Result {
    this.#call = call;
    this.#deadline = deadline;
    try {
      return work();
    } finally {
      this.#call = undefined;
    }
  }
}
