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
 * @param zones the zones that tell their times
 */
export function segmentsInOrder(
  { statements, tables }: GenerationSnapshot,
  { low = FIRST_TIME, below = LAST_TIME }: TimeSpan,
  { ascending, zones }: { readonly ascending: boolean; readonly zones: number },
): readonly TimedSegment[] {
  return statements
    .of<TimedSegment>(
      `SELECT segment, ${ascending ? 'low' : 'high'} AS begins FROM ${tables.zones}
        WHERE field = ? AND low < ? AND high >= ? ORDER BY begins ${ascending ? 'ASC' : 'DESC'}, segment`,
    )
    .all(zones, below, low);
}
