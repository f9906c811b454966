import { Statement, type SqlValue } from '../../sqlite/statement.js';
import { APART_TIMES } from './apart.js';
import type { Condition, RangeCondition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { UNLIMITED, type ReadBudget } from './read-budget.js';
import { RowSet, SEGMENT_ROWS } from './row-set.js';
import { inRange } from './row-test.js';
import { EVERY_DOCUMENT, presenceOf } from './sealed-index.js';
import type { SegmentSpan } from './segment-order.js';
import type { TimeSpan } from './time-order.js';
import { UniqueSearch } from './unique-search.js';
import { isCoded, type Column } from './view-columns.js';

interface PostingRow {
  readonly segment: number;
  readonly rows: Uint8Array;
}

interface ZoneRow {
  readonly segment: number;
  readonly low: SqlValue;
  readonly high: SqlValue;
  readonly complete: number;
}

/** Answers conditions from the index: which rows of the sealed segments match. */
export class IndexSearch {
  readonly #segments: number;
  readonly #postings: Statement<PostingRow>;
  readonly #zones: Statement<ZoneRow>;
  readonly #uniques: UniqueSearch;

  constructor(private readonly snapshot: GenerationSnapshot) {
    const { database, tables, nextRow } = snapshot;
    this.#uniques = new UniqueSearch(database, tables);
    this.#segments = Math.floor(nextRow / SEGMENT_ROWS) + 1;
    this.#postings = new Statement(database, `SELECT segment, rows FROM ${tables.postings} WHERE value_id = ?`);
    this.#zones = new Statement(database, `SELECT segment, low, high, complete FROM ${tables.zones} WHERE field = ?`);
  }

  /** All documents in sealed segments. There is room for the rows of the open one. */
  everything(): RowSet {
    return this.#postingsOf([EVERY_DOCUMENT], UNLIMITED);
  }

  /** Those of `within` that match. The answer may be `within` itself: neither may be changed. */
  find(condition: Condition, within: RowSet, budget = UNLIMITED): RowSet {
    this.snapshot.deadline.check();
    switch (condition.kind) {
      case 'all':
        return cheapestFirst(condition.of).reduce((left, part) => this.find(part, left, budget), within);
      case 'any':
        return condition.of.reduce((found, part) => found.unite(this.find(part, within, budget)), this.#none());
      case 'not':
        return within.copy().subtract(this.find(condition.of, within, budget));
      case 'values':
        return this.#postingsOf(condition.values.numbers, budget).intersect(within);
      case 'present':
        return this.#present(condition.column, within, budget);
      case 'range':
        return condition.column.unique ? this.#unique(condition, within) : this.#range(condition, within, budget);
    }
  }

  /** Without the segments in which nothing can lie in the span. `withApart`: documents apart count too. */
  prune(span: TimeSpan, within: RowSet, withApart: boolean): RowSet {
    const kept = within.copy();
    for (const zone of this.#times(withApart)) {
      if (isOutside(zone, span)) kept.clearSegment(zone.segment);
    }
    return kept;
  }

  /** Where the documents of each segment that has some of the rows lie in time. */
  segmentsOf(rows: RowSet, withApart: boolean): readonly SegmentSpan[] {
    const zones = new Map(this.#times(withApart).map((zone) => [zone.segment, zone]));
    const spans: SegmentSpan[] = [];
    for (let segment = 0; segment < this.#segments; segment += 1) {
      if (rows.count(segment) === 0) continue;
      const { low, high } = zones.get(segment) ?? {};
      spans.push(typeof low === 'string' && typeof high === 'string' ? { segment, low, high } : { segment });
    }
    return spans;
  }

  /** The span narrowed to the segments in which the rows lie. */
  spanOf(rows: RowSet, span: TimeSpan, withApart: boolean): TimeSpan {
    const zones = this.#times(withApart).filter(({ low, segment }) => low !== null && rows.count(segment) > 0);
    const low = zones.map((zone) => String(zone.low)).sort()[0];
    const high = zones
      .map((zone) => String(zone.high))
      .sort()
      .at(-1);
    return {
      low: span.low === undefined || (low !== undefined && low > span.low) ? low : span.low,
      below: high === undefined ? span.below : leastOf(span.below, `${high}0`),
    };
  }

  /** Where the segments lie in time: all of their documents, or those only that are not apart. */
  #times(withApart: boolean): readonly ZoneRow[] {
    const zones = this.#zones.all(this.snapshot.columns.time.index);
    if (!withApart) return zones;
    const apart = new Map(this.#zones.all(APART_TIMES).map((zone) => [zone.segment, zone]));
    return zones.map((zone) => united(zone, apart.get(zone.segment)));
  }

  #none(): RowSet {
    return new RowSet(this.#segments);
  }

  #postingsOf(values: readonly number[], budget: ReadBudget): RowSet {
    const found = this.#none();
    // Each value has one posting at least.
    budget.spend(values.length);
    if (budget.isSpent()) return found;
    for (const value of values) {
      const postings = this.#postings.all(value);
      for (const { segment, rows } of postings) found.addPacked(segment, rows);
      budget.spend(postings.length - 1);
      if (budget.isSpent()) break;
    }
    return found;
  }

  #present(column: Column, within: RowSet, budget: ReadBudget): RowSet {
    if (!isCoded(column) && !column.unique) return this.#range({ kind: 'range', column }, within, budget);
    return this.#postingsOf([presenceOf(column)], budget).intersect(within);
  }

  #unique({ column, oneOf = new Set() }: RangeCondition, within: RowSet): RowSet {
    const found = this.#none();
    for (const text of oneOf) for (const row of this.#uniques.rowsOf(column, String(text))) found.add(row);
    return found.intersect(within);
  }

  #range(range: RangeCondition, within: RowSet, budget: ReadBudget): RowSet {
    const found = this.#none();
    const { time } = this.snapshot.columns;
    for (const zone of range.column === time ? this.#times(true) : this.#zones.all(range.column.index)) {
      if (isOutside(zone, range) || within.count(zone.segment) === 0) continue;
      if (isInside(zone, range)) found.addSegment(zone.segment);
      else this.#rangeInSegment(range, zone.segment, found);
      budget.spend(isInside(zone, range) ? 1 : SEGMENT_ROWS / 4);
      if (budget.isSpent()) break;
    }
    return found.intersect(within);
  }

  #rangeInSegment(range: RangeCondition, segment: number, found: RowSet): void {
    this.snapshot.deadline.check();
    const { database, tables } = this.snapshot;
    const { column, low = null, below = null } = range;
    const rows = new Statement<{ row: number; cell: SqlValue }>(
      database,
      `SELECT row, ${column.sql} AS cell FROM ${tables.documents} WHERE row >= ?1 AND row < ?2
        AND (?3 IS NULL OR ${column.sql} >= ?3) AND (?4 IS NULL OR ${column.sql} < ?4)`,
    );
    for (const { row, cell } of rows.all(segment * SEGMENT_ROWS, (segment + 1) * SEGMENT_ROWS, low, below)) {
      if (inRange(cell, range)) found.add(row);
    }
  }
}

function united(zone: ZoneRow, other: ZoneRow | undefined): ZoneRow {
  if (!other) return zone;
  if (other.low === null || other.high === null) return zone;
  if (zone.low === null || zone.high === null) return other;
  return {
    segment: zone.segment,
    low: other.low < zone.low ? other.low : zone.low,
    high: other.high > zone.high ? other.high : zone.high,
    complete: Math.min(zone.complete, other.complete),
  };
}

function isOutside({ low, high }: ZoneRow, range: Pick<RangeCondition, 'low' | 'below'> | TimeSpan): boolean {
  if (low === null || high === null) return true;
  return (range.below !== undefined && low >= range.below) || (range.low !== undefined && high < range.low);
}

function isInside({ low, high, complete }: ZoneRow, range: RangeCondition): boolean {
  return complete === 1 && inRange(low, range) && inRange(high, range) && (!range.oneOf || low === high);
}

function leastOf(left: string | undefined, right: string): string {
  return left !== undefined && left < right ? left : right;
}

/** What narrows at little cost goes first: the dear ones then look at fewer segments. */
export function cheapestFirst(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.toSorted((left, right) => cost(left) - cost(right));
}

function cost(condition: Condition): number {
  if (condition.kind === 'values') return condition.values.size;
  if (condition.kind === 'present') return 1;
  return condition.kind === 'range' ? 2e9 : 1e9;
}
