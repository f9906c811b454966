import type { SqlValue } from '../../sqlite/statement.js';
import { CellNumbers, PAIR } from './key-numbers.js';

const FIRST_ROOM = 65_536;

/** Counts the different values in each group: pairs of group and value in one array, sorted when it is full. */
export class DistinctValues {
  readonly #values = new CellNumbers();
  #pairs = new Float64Array(FIRST_ROOM);
  #length = 0;

  add(group: number, value: SqlValue): void {
    if (value === null) return;
    if (this.#length === this.#pairs.length) this.#makeRoom();
    this.#pairs[this.#length] = group * PAIR + this.#values.numberOf(value);
    this.#length += 1;
  }

  /** By the group's number; groups without a value are left out. */
  counts(): ReadonlyMap<number, number> {
    this.#dropRepeated();
    const counts = new Map<number, number>();
    for (const pair of this.#pairs.subarray(0, this.#length)) {
      const group = Math.floor(pair / PAIR);
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    return counts;
  }

  #makeRoom(): void {
    this.#dropRepeated();
    if (this.#length < this.#pairs.length / 2) return;
    const larger = new Float64Array(this.#pairs.length * 2);
    larger.set(this.#pairs);
    this.#pairs = larger;
  }

  #dropRepeated(): void {
    const sorted = this.#pairs.subarray(0, this.#length).sort();
    let kept = 0;
    for (let at = 0; at < sorted.length; at += 1) {
      if (at > 0 && sorted[at] === sorted[kept - 1]) continue;
      sorted[kept] = sorted[at] ?? 0;
      kept += 1;
    }
    this.#length = kept;
  }
}
