import type { SqlValue, Statement } from '../../sqlite/statement.js';
import { APART_TIMES } from './apart.js';
import type { Condition, RangeCondition } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { UNLIMITED, type ReadBudget } from './read-budget.js';
import { RowSet, SEGMENT_ROWS } from './row-set.js';
import { inRange } from './row-test.js';
import { EVERY_DOCUMENT, presenceOf } from './sealed-index.js';
import { UniqueSearch } from './unique-search.js';
import { isCoded, type Column } from './view-columns.js';

/** Postings that are held in memory at once. */
const POSTINGS_AT_ONCE = 4_096;

/** A range is looked up as fast as so many values, but where it begins or ends in the middle of a segment. */
const RANGE_COST = 100;

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

/**
 * Answers conditions from the index: which rows of some sealed segments match. In the sets that it takes and gives the
 * segments stand one behind the other, in their order.
 */
export class IndexSearch {
  readonly #places: ReadonlyMap<number, number>;
  /** From the lowest segment to the highest. */
  readonly #reach: readonly [number, number];
  readonly #postings: Statement<PostingRow>;
  readonly #zones: Statement<ZoneRow>;
  readonly #uniques: UniqueSearch;

  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly segments: readonly number[],
  ) {
    const { statements, tables } = snapshot;
    this.#places = new Map(segments.map((segment, place) => [segment, place]));
    this.#reach = [leastOf(segments), -leastOf(segments.map((segment) => -segment))];
    this.#uniques = new UniqueSearch(snapshot);
    this.#postings = statements.of(
      `SELECT segment, rows FROM ${tables.postings}
        WHERE value_id IN (SELECT value FROM json_each(?)) AND segment BETWEEN ? AND ?`,
    );
    this.#zones = statements.of(
      `SELECT segment, min(low) AS low, max(high) AS high, min(complete) AS complete FROM ${tables.zones}
        WHERE field IN (?, ?) AND segment BETWEEN ? AND ? GROUP BY segment`,
    );
  }

  /** All documents of the segments. */
  everything(): RowSet {
    return this.#postingsOf([EVERY_DOCUMENT], UNLIMITED);
  }

  /** All row numbers of the segments: without asking, those of deleted documents are among them. */
  allRows(): RowSet {
    const rows = this.#none();
    for (const place of this.segments.keys()) rows.addSegment(place);
    return rows;
  }

  /** Those of `within` that match. The answer may be `within` itself: neither may be changed. */
  find(condition: Condition, within: RowSet, budget = UNLIMITED): RowSet {
    this.snapshot.deadline.check();
    if (within.isEmpty) return within;
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

  #none(): RowSet {
    return new RowSet(this.segments.length);
  }

  #postingsOf(values: readonly number[], budget: ReadBudget): RowSet {
    const found = this.#none();
    // Each value has one posting at least.
    budget.spend(values.length);
    if (budget.isSpent()) return found;
    const size = Math.max(1, Math.floor(POSTINGS_AT_ONCE / this.segments.length));
    for (let from = 0; from < values.length && !budget.isSpent(); from += size) {
      const next = values.slice(from, from + size);
      const postings = this.#postings.all(JSON.stringify(next), ...this.#reach);
      for (const { segment, rows } of postings) {
        const place = this.#places.get(segment);
        if (place !== undefined) found.addPacked(place, rows);
      }
      budget.spend(Math.max(0, postings.length - next.length));
    }
    return found;
  }

  #present(column: Column, within: RowSet, budget: ReadBudget): RowSet {
    if (!isCoded(column) && !column.unique) return this.#range({ kind: 'range', column }, within, budget);
    return this.#postingsOf([presenceOf(column)], budget).intersect(within);
  }

  #unique({ column, oneOf = new Set() }: RangeCondition, within: RowSet): RowSet {
    const found = this.#none();
    for (const text of oneOf) {
      for (const row of this.#uniques.rowsOf(column, String(text), this.#reach)) this.#add(row, found);
    }
    return found.intersect(within);
  }

  #range(range: RangeCondition, within: RowSet, budget: ReadBudget): RowSet {
    const found = this.#none();
    const { time } = this.snapshot.columns;
    const field = range.column.index;
    const other = range.column === time ? APART_TIMES : field;
    for (const zone of this.#zones.all(field, other, ...this.#reach)) {
      const place = this.#places.get(zone.segment);
      if (place === undefined || isOutside(zone, range) || within.count(place) === 0) continue;
      if (isInside(zone, range)) found.addSegment(place);
      else this.#rangeInSegment(range, zone.segment, found);
      budget.spend(isInside(zone, range) ? 1 : SEGMENT_ROWS / 4);
      if (budget.isSpent()) break;
    }
    return found.intersect(within);
  }

  #rangeInSegment(range: RangeCondition, segment: number, found: RowSet): void {
    this.snapshot.deadline.check();
    const { statements, tables } = this.snapshot;
    const { column, low = null, below = null } = range;
    const rows = statements.of<{ row: number; cell: SqlValue }>(
      `SELECT row, ${column.sql} AS cell FROM ${tables.documents} WHERE row >= ?1 AND row < ?2
        AND (?3 IS NULL OR ${column.sql} >= ?3) AND (?4 IS NULL OR ${column.sql} < ?4)`,
    );
    for (const { row, cell } of rows.all(segment * SEGMENT_ROWS, (segment + 1) * SEGMENT_ROWS, low, below)) {
      if (inRange(cell, range)) this.#add(row, found);
    }
  }

  #add(row: number, found: RowSet): void {
    const place = this.#places.get(Math.floor(row / SEGMENT_ROWS));
    if (place !== undefined) found.add(place * SEGMENT_ROWS + (row % SEGMENT_ROWS));
  }
}

function isOutside({ low, high }: ZoneRow, range: RangeCondition): boolean {
  if (low === null || high === null) return true;
  return (range.below !== undefined && low >= range.below) || (range.low !== undefined && high < range.low);
}

function isInside({ low, high, complete }: ZoneRow, range: RangeCondition): boolean {
  return complete === 1 && inRange(low, range) && inRange(high, range) && (!range.oneOf || low === high);
}

function leastOf(numbers: readonly number[]): number {
  return numbers.reduce((least, number) => Math.min(least, number), Infinity);
}

/** What narrows at little cost goes first: the dear ones then look at fewer segments. */
export function cheapestFirst(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.toSorted((left, right) => cost(left) - cost(right));
}

function cost(condition: Condition): number {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.reduce((sum, part) => sum + cost(part), 0);
    case 'not':
      return cost(condition.of);
    case 'values':
      return condition.values.size;
    case 'present':
      return 1;
    case 'range':
      return RANGE_COST;
  }
}
