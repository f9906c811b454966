import type { Condition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { cheapestFirst, IndexSearch } from './index-search.js';
import type { PlacedRow } from './page-rows.js';
import { ReadBudget } from './read-budget.js';
import { RowSet, SEGMENT_ROWS } from './row-set.js';

/** Which rows match, worked out from the index for those sealed segments only that a page meets. */
export class SegmentMatches {
  readonly #sealed: number;
  readonly #rows: RowSet;
  readonly #visited = new Set<number>();
  #asked: readonly Condition[];
  #residual: readonly Condition[] = [];
  #postings: number;

  /**
   * @param conditions all of them must hold
   * @param postings so many may be read for one condition at once; more leave it to the documents
   */
  constructor(
    private readonly snapshot: GenerationSnapshot,
    conditions: readonly Condition[],
    postings: number,
  ) {
    this.#postings = postings;
    this.#sealed = Math.floor(snapshot.nextRow / SEGMENT_ROWS);
    this.#rows = new RowSet(this.#sealed);
    this.#asked = cheapestFirst(conditions);
  }

  /** What the index was not asked everywhere: all of it must be found true of a document itself. */
  get residual(): readonly Condition[] {
    return this.#residual;
  }

  /** How many rows were decided on so far. */
  get looked(): number {
    return this.#visited.size * SEGMENT_ROWS;
  }

  /** How many of them match. */
  get count(): number {
    return this.#rows.count();
  }

  /** The matches known so far, or those in one segment. */
  rows(segment?: number): readonly number[] {
    return this.#rows.rows(segment);
  }

  /** Those that match; asks the index about their segments where that was not done. */
  filter(rows: readonly PlacedRow[]): readonly PlacedRow[] {
    this.visit(rows.map(({ row }) => Math.floor(row / SEGMENT_ROWS)));
    return rows.filter(({ row }) => row < this.#sealed * SEGMENT_ROWS && this.#rows.has(row));
  }

  /** Asks the index about segments, where that was not done. */
  visit(segments: readonly number[]): void {
    const isNew = (segment: number): boolean => segment < this.#sealed && !this.#visited.has(segment);
    const news = [...new Set(segments)].filter(isNew);
    if (news.length === 0) return;
    const index = new IndexSearch(this.snapshot, news);
    let found = index.allRows();
    for (const condition of this.#asked) {
      const budget = new ReadBudget(this.#postings);
      const part = index.find(condition, found, budget);
      if (budget.isSpent()) this.#leave(condition);
      else found = part;
    }
    this.#keep(news, found);
    for (const segment of news) this.#visited.add(segment);
  }

  /** Asks the index what it was not asked, whatever that takes. */
  settle(): void {
    const segments = [...this.#visited];
    const within = new RowSet(segments.length);
    for (const [place, segment] of segments.entries()) within.setFrom(this.#rows, segment, place);
    const index = new IndexSearch(this.snapshot, segments);
    this.#keep(segments, index.find({ kind: 'all', of: this.#residual }, within));
    this.#asked = [...this.#asked, ...this.#residual];
    this.#residual = [];
    this.#postings = Infinity;
  }

  #keep(segments: readonly number[], found: RowSet): void {
    for (const [place, segment] of segments.entries()) this.#rows.setFrom(found, place, segment);
  }

  #leave(condition: Condition): void {
    this.#asked = this.#asked.filter((one) => one !== condition);
    this.#residual = [...this.#residual, condition];
  }
}
