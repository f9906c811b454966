import type { ViewQuery } from '../read-store.port.js';

/** Times from `low` on and below `below`, as sort keys. */
export interface TimeSpan {
  readonly low?: string | undefined;
  readonly below?: string | undefined;
}

/** A place between documents in the order (time, id). */
export type TimePlace = readonly [time: string, id: string];

/** Before and after every time. */
export const FIRST_TIME = '';
export const LAST_TIME = '\u{10ffff}';

/** The order of a page and where it begins and ends, in SQL. */
export interface TimeOrder {
  readonly ascending: boolean;
  /** Its values: `start`, then `end`. */
  readonly condition: string;
  readonly orderBy: string;
  readonly start: TimePlace;
  readonly end: string;
}

/** The span of what may still stand on a page that goes on after a document. */
export function spanAfter(query: Pick<ViewQuery, 'ascending' | 'after'>, span: TimeSpan): TimeSpan {
  return spanFrom(query.after?.time, query, span);
}

/** The span without what stands before a time on the way of a page. The time itself is within: several may share it. */
export function spanFrom(
  time: string | undefined,
  { ascending }: Pick<ViewQuery, 'ascending'>,
  span: TimeSpan,
): TimeSpan {
  if (time === undefined) return span;
  const { low = FIRST_TIME, below = LAST_TIME } = span;
  if (ascending) return { low: time > low ? time : low, below };
  return { low, below: `${time}0` < below ? `${time}0` : below };
}

export function timeOrder({ ascending, after }: Pick<ViewQuery, 'ascending' | 'after'>, span: TimeSpan): TimeOrder {
  const cursor: TimePlace | undefined = after && [after.time, after.id];
  return ascending ? upwards(span, cursor) : downwards(span, cursor);
}

// No id is empty, so a place with an empty id stands before all documents of its time.

function upwards({ low = FIRST_TIME, below = LAST_TIME }: TimeSpan, cursor: TimePlace | undefined): TimeOrder {
  const edge: TimePlace = [low, ''];
  return {
    ascending: true,
    condition: '(time, id) > (?, ?) AND time < ?',
    orderBy: 'ORDER BY time, id',
    start: cursor && isBefore(edge, cursor) ? cursor : edge,
    end: below,
  };
}

function downwards({ low = FIRST_TIME, below = LAST_TIME }: TimeSpan, cursor: TimePlace | undefined): TimeOrder {
  const edge: TimePlace = [below, ''];
  return {
    ascending: false,
    condition: '(time, id) < (?, ?) AND time >= ?',
    orderBy: 'ORDER BY time DESC, id DESC',
    start: cursor && isBefore(cursor, edge) ? cursor : edge,
    end: low,
  };
}

function isBefore([time, id]: TimePlace, [otherTime, otherId]: TimePlace): boolean {
  return time < otherTime || (time === otherTime && id < otherId);
}
