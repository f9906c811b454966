import type { Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { IndexSearch } from './index-search.js';
import { openRows } from './open-rows.js';
import type { RowSet } from './row-set.js';

/** All rows that match. */
export function matchingRows(snapshot: GenerationSnapshot, condition: Condition): RowSet {
  const index = new IndexSearch(snapshot);
  const matches = index.find(condition, index.everything()).copy();
  for (const row of openRows(snapshot, condition)) matches.add(row);
  return matches;
}
