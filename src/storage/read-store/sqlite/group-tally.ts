import type { SqlValue } from '../../sqlite/statement.js';
import { DistinctValues } from './distinct-values.js';
import type { GroupKey } from './group-keys.js';
import { KeyNumbers } from './key-numbers.js';
import { uniqueKey } from './unique-entries.js';
import { cellValues } from './view-columns.js';

/** One of `of` parts that groups fall into by their key. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

type Field = Pick<GroupKey, 'isList'>;

/** Counts documents by groups. */
export class GroupTally {
  readonly #numbers: KeyNumbers;
  readonly #distinct: readonly DistinctValues[];
  readonly #hasLists: boolean;
  readonly #counts: number[] = [];
  readonly #first: string[] = [];
  readonly #last: string[] = [];

  constructor(
    private readonly keys: readonly Field[],
    private readonly counted: readonly Field[],
    private readonly part: Part,
  ) {
    this.#numbers = new KeyNumbers(keys.length);
    this.#distinct = counted.map(() => new DistinctValues());
    this.#hasLists = keys.some(({ isList }) => isList);
  }

  get size(): number {
    return this.#counts.length;
  }

  /** @param cells those of the keys, then those of the counted fields */
  add(time: string, cells: readonly SqlValue[]): void {
    if (this.#hasLists && this.keys.some(({ isList }, n) => isSeveral(cells[n] ?? null, isList))) {
      for (const key of this.#keysOf(cells)) this.#addTo(key, time, cells);
    } else {
      this.#addTo(cells, time, cells);
    }
  }

  /** How many documents each group has, and its earliest and latest time; by the group's number. */
  get counts(): readonly number[] {
    return this.#counts;
  }

  get first(): readonly string[] {
    return this.#first;
  }

  get last(): readonly string[] {
    return this.#last;
  }

  /** The cells at one place of the keys, each once. In a key, a cell stands as its number in this list. */
  cellsAt(place: number): readonly SqlValue[] {
    return this.#numbers.cellsAt(place);
  }

  partsOf(group: number): readonly number[] {
    return this.#numbers.partsOf(group);
  }

  /** For each counted field, how many different values the groups have. */
  distinct(): readonly ReadonlyMap<number, number>[] {
    return this.#distinct.map((values) => values.counts());
  }

  #addTo(key: readonly SqlValue[], time: string, cells: readonly SqlValue[]): void {
    if (this.part.of > 1 && !this.#isInPart(key)) return;
    const group = this.#numbers.numberOf(key);
    if (group === this.#counts.length) {
      this.#counts.push(0);
      this.#first.push(time);
      this.#last.push(time);
    }
    this.#counts[group] = (this.#counts[group] ?? 0) + 1;
    if (time < (this.#first[group] ?? time)) this.#first[group] = time;
    if (time > (this.#last[group] ?? time)) this.#last[group] = time;
    if (this.counted.length > 0) this.#countValues(group, cells);
  }

  #countValues(group: number, cells: readonly SqlValue[]): void {
    for (const [n, { isList }] of this.counted.entries()) {
      const cell = cells[this.keys.length + n] ?? null;
      if (!isSeveral(cell, isList)) this.#distinct[n]?.add(group, cell);
      else for (const value of cellValues(cell)) this.#distinct[n]?.add(group, value);
    }
  }

  #isInPart(key: readonly SqlValue[]): boolean {
    return uniqueKey(key.slice(0, this.keys.length).join(' ')).hash % this.part.of === this.part.number;
  }

  /** Every value of a list makes a key; no value is a key too. */
  #keysOf(cells: readonly SqlValue[]): readonly (readonly SqlValue[])[] {
    return this.keys.reduce<readonly (readonly SqlValue[])[]>(
      (keys, { isList }, n) => {
        const cell = cells[n] ?? null;
        const values = isSeveral(cell, isList) ? cellValues(cell) : [cell];
        return values.flatMap((value) => keys.map((key) => [...key, value]));
      },
      [[]],
    );
  }
}

/** A list of one value stands in its cell as that value (see `valuesCell`). */
function isSeveral(cell: SqlValue, isList: boolean): boolean {
  return isList && typeof cell === 'string';
}
