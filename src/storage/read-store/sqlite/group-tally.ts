import type { SqlValue } from '../../sqlite/statement.js';
import { uniqueKey } from './unique-entries.js';
import { cellValues } from './view-columns.js';

/** How a key or a counted field comes: a plain cell, or a list of numbers of the dictionary. */
export interface TalliedField {
  readonly isList: boolean;
}

/** One group while it is counted. */
export interface Group {
  /** Cells: numbers of the dictionary where the field is coded. */
  readonly key: readonly SqlValue[];
  count: number;
  first: string;
  last: string;
  /** The different values of the counted fields. */
  readonly distinct: readonly Set<SqlValue>[];
}

/** One of `of` parts that groups fall into by their key. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** More than this, groups and different values together, do not fit into the memory of a query. */
const MAX_ENTRIES = 300_000;
/** One group may be larger than that, and no number of parts makes it smaller. */
export const MAX_PARTS = 64;

/** Counts documents by groups. */
export class GroupTally {
  readonly #groups = new Map<SqlValue, Group>();
  #entries = 0;

  constructor(
    private readonly keys: readonly TalliedField[],
    private readonly counted: readonly TalliedField[],
    private readonly part: Part,
  ) {}

  get groups(): readonly Group[] {
    return [...this.#groups.values()];
  }

  /** The counts are not complete: begin again with more parts. */
  get isFull(): boolean {
    return this.#entries > MAX_ENTRIES && this.part.of < MAX_PARTS;
  }

  /** @param cells those of the keys, then those of the counted fields */
  add(time: string, cells: readonly SqlValue[]): void {
    if (this.isFull) return;
    const counted = this.counted.map((field, n) => valuesOf(cells[this.keys.length + n] ?? null, field));
    for (const key of this.#keysOf(cells)) this.#addTo(key, time, counted);
  }

  #addTo(key: readonly SqlValue[], time: string, counted: readonly (readonly SqlValue[])[]): void {
    const identity = key.length === 1 ? (key[0] ?? null) : JSON.stringify(key);
    if (partOf(identity, this.part.of) !== this.part.number) return;
    const group = this.#groups.get(identity) ?? this.#open(identity, key, time);
    group.count += 1;
    if (time < group.first) group.first = time;
    if (time > group.last) group.last = time;
    for (const [n, values] of counted.entries()) {
      for (const value of values) this.#count(group.distinct[n], value);
    }
  }

  #open(identity: SqlValue, key: readonly SqlValue[], time: string): Group {
    const group = { key, count: 0, first: time, last: time, distinct: this.counted.map(() => new Set<SqlValue>()) };
    this.#groups.set(identity, group);
    this.#entries += 1;
    return group;
  }

  #count(values: Set<SqlValue> | undefined, value: SqlValue): void {
    if (value === null || !values || values.has(value)) return;
    values.add(value);
    this.#entries += 1;
  }

  /** Every value of a list makes a key; no value is a key too. */
  #keysOf(cells: readonly SqlValue[]): readonly (readonly SqlValue[])[] {
    if (!this.keys.some(({ isList }) => isList)) return [cells.slice(0, this.keys.length)];
    return this.keys.reduce<readonly (readonly SqlValue[])[]>(
      (keys, field, n) => {
        const values = valuesOf(cells[n] ?? null, field);
        return values.flatMap((value) => keys.map((key) => [...key, value]));
      },
      [[]],
    );
  }
}

function valuesOf(cell: SqlValue, { isList }: TalliedField): readonly SqlValue[] {
  return isList && typeof cell === 'string' ? cellValues(cell) : [cell];
}

function partOf(identity: SqlValue, of: number): number {
  return of === 1 ? 0 : uniqueKey(String(identity)).hash % of;
}
