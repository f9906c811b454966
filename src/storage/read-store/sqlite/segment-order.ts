import { Statement } from '../../sqlite/statement.js';
import { APART_TIMES } from './apart.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { FIRST_TIME, LAST_TIME, type TimeSpan } from './time-order.js';

/** A sealed segment on the way of a page. */
export interface TimedSegment {
  readonly segment: number;
  /** None of its documents stands before this time on the page. */
  readonly begins: string;
}

/**
 * The sealed segments that may hold something in the span, in the order in which a page meets them.
 * @param withApart documents apart count too
 */
export function segmentsInOrder(
  { database, tables, columns }: GenerationSnapshot,
  { low = FIRST_TIME, below = LAST_TIME }: TimeSpan,
  { ascending, withApart }: { readonly ascending: boolean; readonly withApart: boolean },
): readonly TimedSegment[] {
  const field = columns.time.index;
  const edge = ascending ? 'min(low)' : 'max(high)';
  return new Statement<TimedSegment>(
    database,
    `SELECT segment, ${edge} AS begins FROM ${tables.zones} WHERE field IN (?, ?)
      GROUP BY segment HAVING min(low) < ? AND max(high) >= ? ORDER BY begins ${ascending ? 'ASC' : 'DESC'}, segment`,
  ).all(field, withApart ? APART_TIMES : field, below, low);
}
