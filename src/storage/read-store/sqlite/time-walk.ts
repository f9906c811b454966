import type { GenerationSnapshot } from './generation-snapshot.js';
import type { PlacedRow } from './page-rows.js';
import type { TimeOrder } from './time-order.js';

const FEWEST_AT_ONCE = 64;
const MOST_AT_ONCE = 4_096;

/**
 * The documents along the time, whatever they hold: some at once, each time twice as many. The index alone is read.
 * @param first about as many as are expected to be needed
 */
export function* timeWalk(
  { statements, tables, deadline }: GenerationSnapshot,
  order: TimeOrder,
  first: number,
): Generator<readonly PlacedRow[]> {
  const statement = statements.of<PlacedRow>(
    `SELECT row, id, time FROM ${tables.documents} INDEXED BY ${tables.byTime}
      WHERE ${order.condition} ${order.orderBy} LIMIT ?`,
  );
  let start = order.start;
  for (let size = Math.max(FEWEST_AT_ONCE, Math.ceil(first)); ; size *= 2) {
    deadline.check();
    const limit = Math.min(size, MOST_AT_ONCE);
    const rows = statement.all(...start, order.end, limit);
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < limit) return;
    start = [last.time, last.id];
  }
}
