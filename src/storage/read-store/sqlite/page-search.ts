import type { ViewQuery } from '../read-store.port.js';
import { Apart } from './apart.js';
import { EVERYTHING, type Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { cheapestFirst, IndexSearch } from './index-search.js';
import { openRows } from './open-rows.js';
import { ReadBudget } from './read-budget.js';
import type { RowCalls } from './row-calls.js';
import type { RowSet } from './row-set.js';
import { SegmentFetch } from './segment-fetch.js';
import { inPageOrder, pageStart } from './segment-order.js';
import { splitByTime, type SplitCondition } from './split-by-time.js';
import { spanAfter, timeOrder } from './time-order.js';
import { TimeWalk } from './time-walk.js';

/** To read more postings than this for one condition takes longer than to ask the documents on the way. */
const POSTINGS = 8_000;
/** Fetching a match takes as long as walking past so many documents. */
const FETCH = 12;
/** Documents that a walk may pass before another way is tried. */
const LEAST_PATIENCE = 20_000;
const MOST_PATIENCE = 200_000;

/** What the index says about a condition. */
interface Narrowed {
  /** Rows of sealed segments; every match in them is among these. */
  readonly sealed: RowSet;
  /** What the index was not asked about; all of it must hold too. */
  readonly residual: readonly Condition[];
}

/**
 * Finds the rows of a page. The index tells which rows match, but not their order in time: few matches are fetched and
 * sorted, those first that lie where the page begins; of many, a walk along the time meets enough soon. A condition that would read
 * too much of the index (a prefix of half of all secrets) is left to the walk, and asked after all when the walk meets too
 * little.
 */
export class PageSearch {
  readonly #index: IndexSearch;
  readonly #apart: Apart;

  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly calls: RowCalls,
  ) {
    this.#index = new IndexSearch(snapshot);
    this.#apart = new Apart(snapshot.database, snapshot.tables, snapshot.columns);
  }

  find(condition: Condition, query: Pick<ViewQuery, 'after' | 'ascending' | 'limit'>): number[] {
    const { limit, ascending = false } = query;
    const { rest, span: asked } = splitByTime(condition);
    const span = spanAfter(query, asked);
    const open = openRows(this.snapshot, { kind: 'all', of: rest });
    const withApart = !this.#apart.isLeftOutBy(rest);
    const { sealed, residual } = this.#narrow({ span, rest }, withApart);
    const candidates = withRows(sealed, open);
    const segments = inPageOrder(this.#index.segmentsOf(candidates, withApart), ascending);
    const first = pageStart(segments, (segment) => candidates.count(segment), { limit, ascending });
    const fetch = (): number[] => {
      const goal = { candidates, residual: { kind: 'all', of: residual } as const, limit };
      return new SegmentFetch(this.snapshot, timeOrder(query, span)).find(segments, first.segments, goal);
    };
    const matches = candidates.count();
    // Of candidates that the index was not asked everything about, all may have to be fetched to fill the page.
    const fetching = (residual.length === 0 ? first.candidates : matches) * FETCH;
    if (fetching <= (limit * this.snapshot.nextRow) / matches) return fetch();
    // Where all matches are old, or all are new, the walk need not begin at the edge.
    const matched = open.length > 0 ? span : this.#index.spanOf(sealed, span, withApart);
    const walk = new TimeWalk(this.snapshot, this.calls, timeOrder(query, matched));
    const patience = Math.min(Math.max(fetching, LEAST_PATIENCE), MOST_PATIENCE);
    const walked = walk.find({ candidates, residual: { kind: 'all', of: residual }, limit }, patience);
    if (walked) return walked;
    if (fetching <= MOST_PATIENCE) return fetch();
    const exact = withRows(this.#index.find({ kind: 'all', of: residual }, sealed), open);
    return walk.find({ candidates: exact, residual: EVERYTHING, limit }, Infinity) ?? [];
  }

  #narrow({ span, rest }: SplitCondition, withApart: boolean): Narrowed {
    let sealed = this.#index.prune(span, this.#index.everything(), withApart);
    const residual: Condition[] = [];
    for (const part of cheapestFirst(rest)) {
      const budget = new ReadBudget(POSTINGS);
      const found = this.#index.find(part, sealed, budget);
      if (budget.isSpent()) residual.push(part);
      else sealed = found;
    }
    return { sealed, residual };
  }
}

function withRows(set: RowSet, rows: readonly number[]): RowSet {
  const united = set.copy();
  for (const row of rows) united.add(row);
  return united;
}
