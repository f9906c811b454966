import type { Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { IndexSearch } from './index-search.js';
import { openRows } from './open-rows.js';
import { SEGMENT_ROWS, type RowSet } from './row-set.js';

/** All rows that match. */
export function matchingRows(snapshot: GenerationSnapshot, condition: Condition): RowSet {
  // The open segment is not in the index: it gets room in the set.
  const segments = Array.from({ length: Math.floor(snapshot.nextRow / SEGMENT_ROWS) + 1 }, (_, segment) => segment);
  const index = new IndexSearch(snapshot, segments);
  const matches = index.find(condition, index.everything()).copy();
  for (const { row } of openRows(snapshot, condition)) matches.add(row);
  return matches;
}
