import type { ViewQuery } from '../read-store.port.js';

/** Times from `low` on and below `below`, as sort keys. */
export interface TimeSpan {
  readonly low?: string | undefined;
  readonly below?: string | undefined;
}

/** A place between documents in the order (time, id). */
export type TimePlace = readonly [time: string, id: string];

/** Before and after every time. */
const FIRST = '';
const LAST = '\u{10ffff}';

/** The order of a page and where it begins and ends, in SQL. */
export interface TimeOrder {
  /** Its values: `start`, then `end`. */
  readonly condition: string;
  readonly orderBy: string;
  readonly start: TimePlace;
  readonly end: string;
}

export function timeOrder({ ascending, after }: Pick<ViewQuery, 'ascending' | 'after'>, span: TimeSpan): TimeOrder {
  const cursor: TimePlace | undefined = after && [after.time, after.id];
  return ascending ? upwards(span, cursor) : downwards(span, cursor);
}

// No id is empty, so a place with an empty id stands before all documents of its time.

function upwards({ low = FIRST, below = LAST }: TimeSpan, cursor: TimePlace | undefined): TimeOrder {
  const edge: TimePlace = [low, ''];
  return {
    condition: '(time, id) > (?, ?) AND time < ?',
    orderBy: 'ORDER BY time, id',
    start: cursor && isBefore(edge, cursor) ? cursor : edge,
    end: below,
  };
}

function downwards({ low = FIRST, below = LAST }: TimeSpan, cursor: TimePlace | undefined): TimeOrder {
  const edge: TimePlace = [below, ''];
  return {
    condition: '(time, id) < (?, ?) AND time >= ?',
    orderBy: 'ORDER BY time DESC, id DESC',
    start: cursor && isBefore(cursor, edge) ? cursor : edge,
    end: low,
  };
}

function isBefore([time, id]: TimePlace, [otherTime, otherId]: TimePlace): boolean {
  return time < otherTime || (time === otherTime && id < otherId);
}
