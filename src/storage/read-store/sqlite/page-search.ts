import type { ViewQuery } from '../read-store.port.js';
import { Apart } from './apart.js';
import { isImpossible, type Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { openRows } from './open-rows.js';
import { PageRows, type PlacedRow } from './page-rows.js';
import { fetchRows } from './row-fetch.js';
import { SegmentMatches } from './segment-matches.js';
import { segmentsInOrder, type TimedSegment } from './segment-order.js';
import { splitByTime } from './split-by-time.js';
import { spanAfter, spanFrom, timeOrder, type TimeSpan } from './time-order.js';
import { timeWalk } from './time-walk.js';

/** Segments of which the index is asked first; then twice as many at a time. */
const FIRST_SEGMENTS = 4;
/** Fetching a match takes as long as walking past so many documents. */
const FETCH = 12;
/** Documents that a walk may pass before another way is tried. */
const LEAST_PATIENCE = 20_000;
const MOST_PATIENCE = 200_000;

type PageQuery = Pick<ViewQuery, 'after' | 'ascending' | 'limit'>;

/** A page in the making. */
interface PageState {
  readonly query: PageQuery;
  readonly span: TimeSpan;
  /** In the order in which the page meets them. */
  readonly segments: readonly TimedSegment[];
  readonly matches: SegmentMatches;
}

/**
 * Finds the rows of a page. The index tells which rows of a segment match, but not their order in time: segment by
 * segment from where the page begins, matches are fetched and sorted, until no segment left can hold anything that would
 * stand on the page. What is recorded mostly follows the time, so that a few segments are enough. Of very many matches a
 * walk along the time meets enough sooner.
 */
export class PageSearch {
  constructor(private readonly snapshot: GenerationSnapshot) {}

  find(condition: Condition, query: PageQuery): readonly PlacedRow[] {
    const { rest, span: asked } = splitByTime(condition);
    if (rest.some(isImpossible)) return [];
    const { database, tables, columns } = this.snapshot;
    const span = spanAfter(query, asked);
    const withApart = !new Apart(database, tables, columns).isLeftOutBy(rest);
    const segments = segmentsInOrder(this.snapshot, span, { ascending: query.ascending ?? false, withApart });
    const open = openRows(this.snapshot, { kind: 'all', of: rest }, timeOrder(query, span));
    return this.#fetch({ query, span, segments, matches: new SegmentMatches(this.snapshot, rest, open) }, open);
  }

  #fetch(state: PageState, open: readonly PlacedRow[]): readonly PlacedRow[] {
    const { query, span, segments, matches } = state;
    const order = timeOrder(query, span);
    const page = new PageRows(order, query.limit);
    page.add(open);
    let unfetched: readonly number[] = [];
    for (let from = 0, size = FIRST_SEGMENTS; from < segments.length; from += size, size *= 2) {
      if (page.isFullBefore(segments[from]?.begins)) break;
      const next = numbersOf(segments.slice(from, from + size));
      matches.visit(next);
      unfetched = [...unfetched, ...next.flatMap((segment) => matches.rows(segment))];
      // Too few for a page in any case: what stands farther on is needed too.
      const isShort = page.rows.length + unfetched.length < query.limit;
      if (isShort && from + size < segments.length) continue;
      if (unfetched.length * FETCH > walkLength(query, matches)) return this.#walk(state, page.rows[0]);
      page.add(fetchRows(this.snapshot, order, unfetched, matches.residual));
      unfetched = [];
    }
    return page.rows;
  }

  /** @param fetched the first of what was fetched before */
  #walk(state: PageState, fetched: PlacedRow | undefined): readonly PlacedRow[] {
    const { query, span, segments, matches } = state;
    const order = timeOrder(query, spanFrom(firstPlace(state, fetched), query, span));
    let patience = Math.min(Math.max(matches.count * FETCH, LEAST_PATIENCE), MOST_PATIENCE);
    let found: readonly PlacedRow[] = [];
    for (const rows of timeWalk(this.snapshot, order, walkLength(query, matches))) {
      found = [...found, ...this.#proven(state, matches.filter(rows))];
      if (found.length >= query.limit) break;
      patience -= rows.length;
      if (patience >= 0) continue;
      matches.visit(numbersOf(segments));
      if (matches.count * FETCH <= MOST_PATIENCE) return this.#fetchAll(state);
      matches.settle();
      patience = Infinity;
    }
    return found.slice(0, query.limit);
  }

  /** Those of the index' matches that hold what the index was not asked. */
  #proven({ query, span, matches }: PageState, rows: readonly PlacedRow[]): readonly PlacedRow[] {
    if (matches.residual.length === 0) return rows;
    const numbers = rows.map(({ row }) => row);
    const proven = fetchRows(this.snapshot, timeOrder(query, span), numbers, matches.residual);
    const kept = new Set(proven.map(({ row }) => row));
    return rows.filter(({ row }) => kept.has(row));
  }

  #fetchAll({ query, span, matches }: PageState): readonly PlacedRow[] {
    const order = timeOrder(query, span);
    const page = new PageRows(order, query.limit);
    page.add(fetchRows(this.snapshot, order, matches.rows(), matches.residual));
    return page.rows;
  }
}

function numbersOf(segments: readonly TimedSegment[]): readonly number[] {
  return segments.map(({ segment }) => segment);
}

/** How many documents a walk will pass until a page is full, by what was seen so far. */
function walkLength({ limit }: PageQuery, matches: SegmentMatches): number {
  return (limit * matches.looked) / matches.count;
}

/** No match stands before this time on the way of the page: where all matches are old, the walk need not begin at the edge. */
function firstPlace({ query, segments, matches }: PageState, fetched: PlacedRow | undefined): string | undefined {
  const begins = segments.find(({ segment }) => matches.rows(segment).length > 0)?.begins;
  if (begins === undefined || fetched === undefined) return begins ?? fetched?.time;
  return fetched.time < begins === (query.ascending ?? false) ? fetched.time : begins;
}
