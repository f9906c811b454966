import type { ViewQuery } from '../read-store.port.js';
import { Apart } from './apart.js';
import { isImpossible, type Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { openRows } from './open-rows.js';
import { PAGE_COSTS, type PageCosts } from './page-costs.js';
import { PageRows, type PlacedRow } from './page-rows.js';
import { fetchRows } from './row-fetch.js';
import { SegmentMatches } from './segment-matches.js';
import { segmentsInOrder, type TimedSegment } from './segment-order.js';
import { splitByTime } from './split-by-time.js';
import { spanAfter, spanFrom, timeOrder, type TimeOrder, type TimeSpan } from './time-order.js';
import { timeWalk } from './time-walk.js';

type PageQuery = Pick<ViewQuery, 'after' | 'ascending' | 'limit'>;

/** A page in the making: what of it comes at about the same times. */
interface PageSide {
  readonly query: PageQuery;
  readonly order: TimeOrder;
  readonly span: TimeSpan;
  /** In the order in which the page meets them. */
  readonly segments: readonly TimedSegment[];
  readonly matches: SegmentMatches;
  readonly page: PageRows;
}

/**
 * Finds the rows of a page. The index tells which rows of a segment match, but not their order in time: segment by
 * segment from where the page begins, matches are fetched and sorted, until no segment left can hold anything that would
 * stand on the page. What is recorded mostly follows the time, so that a few segments are enough. Of very many matches a
 * walk along the time meets enough sooner.
 */
export class PageSearch {
  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly costs: PageCosts = PAGE_COSTS,
  ) {}

  find(condition: Condition, query: PageQuery): readonly PlacedRow[] {
    const { rest, span: asked } = splitByTime(condition);
    if (rest.some(isImpossible)) return [];
    const { statements, tables, columns } = this.snapshot;
    const span = spanAfter(query, asked);
    const order = timeOrder(query, span);
    const page = new PageRows(order, query.limit);
    page.add(openRows(this.snapshot, { kind: 'all', of: rest }, order));
    const apart = new Apart((select) => statements.of(select), tables, columns);
    for (const { zones, conditions } of apart.split(rest)) {
      const segments = segmentsInOrder(this.snapshot, span, { ascending: order.ascending, zones });
      const matches = new SegmentMatches(this.snapshot, conditions, this.costs.postings);
      this.#fill({ query, order, span, segments, matches, page });
    }
    return page.rows;
  }

  #fill(side: PageSide): void {
    const { query, segments, matches, page } = side;
    let unfetched: readonly number[] = [];
    for (let from = 0, size = this.costs.firstSegments; from < segments.length; from += size, size *= 2) {
      if (page.isFullBefore(segments[from]?.begins)) return;
      const next = numbersOf(segments.slice(from, from + size));
      matches.visit(next);
      unfetched = [...unfetched, ...next.flatMap((segment) => matches.rows(segment))];
      // Too few for a page in any case: what stands farther on is needed too.
      const isShort = page.rows.length + unfetched.length < query.limit;
      if (isShort && from + size < segments.length) continue;
      if (unfetched.length * this.costs.fetch > Math.max(walkLength(side), this.costs.leastWalk)) {
        this.#walk(side);
        return;
      }
      this.#fetch(side, unfetched);
      unfetched = [];
    }
  }

  #walk(side: PageSide): void {
    const { query, span, segments, matches, page } = side;
    // Where all matches are old, the walk need not begin at the edge.
    const begins = segments.find(({ segment }) => matches.rows(segment).length > 0)?.begins;
    const order = timeOrder(query, spanFrom(begins, query, span));
    const { fetch, leastPatience, mostPatience } = this.costs;
    let patience = Math.min(Math.max(matches.count * fetch, leastPatience), mostPatience);
    for (const rows of timeWalk(this.snapshot, order, walkLength(side))) {
      const found = matches.filter(rows);
      if (matches.residual.length === 0) page.add(found);
      else this.#fetch(side, found.map(({ row }) => row)); // prettier-ignore
      if (page.isFullBefore(rows.at(-1)?.time)) return;
      patience -= rows.length;
      if (patience >= 0) continue;
      matches.visit(numbersOf(segments));
      if (matches.count * fetch <= mostPatience) {
        this.#fetch(side, matches.rows());
        return;
      }
      matches.settle();
      patience = Infinity;
    }
  }

  #fetch({ order, matches, page }: PageSide, rows: readonly number[]): void {
    page.add(fetchRows(this.snapshot, order, rows, matches.residual));
  }
}

function numbersOf(segments: readonly TimedSegment[]): readonly number[] {
  return segments.map(({ segment }) => segment);
}

/** How many documents a walk will pass until the page is full, by what was seen so far. */
function walkLength({ query, matches }: PageSide): number {
  return (query.limit * matches.looked) / matches.count;
}
