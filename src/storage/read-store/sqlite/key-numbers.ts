import type { SqlValue } from '../../sqlite/statement.js';

/** Room for a part's number in a pair: two of them make a whole number that JavaScript still tells apart. */
export const PAIR = 2 ** 26;

/** Numbers for cells, in the order they came. */
export class CellNumbers {
  readonly #numbers = new Map<SqlValue, number>();
  readonly #cells: SqlValue[] = [];

  numberOf(cell: SqlValue): number {
    const known = this.#numbers.get(cell);
    if (known !== undefined) return known;
    const number = this.#cells.push(cell) - 1;
    this.#numbers.set(cell, number);
    return number;
  }

  /** By their numbers. */
  get cells(): readonly SqlValue[] {
    return this.#cells;
  }
}

/**
 * Numbers for keys of several cells, in the order they came: a part at a time, each with the number of the parts before
 * it. Keys as objects or texts would need several times the memory.
 */
export class KeyNumbers {
  readonly #cells: readonly CellNumbers[];
  readonly #levels: readonly { readonly numbers: Map<number, number>; readonly pairs: number[] }[];

  constructor(private readonly parts: number) {
    this.#cells = Array.from({ length: parts }, () => new CellNumbers());
    this.#levels = this.#cells.map(() => ({ numbers: new Map<number, number>(), pairs: [] }));
  }

  numberOf(key: readonly SqlValue[]): number {
    let number = 0;
    for (let part = 0; part < this.parts; part += 1) {
      const pair = number * PAIR + (this.#cells[part]?.numberOf(key[part] ?? null) ?? 0);
      number = this.#numberOfPair(part, pair);
    }
    return number;
  }

  /** The cells that stand at a place of the keys, by their numbers. */
  cellsAt(part: number): readonly SqlValue[] {
    return this.#cells[part]?.cells ?? [];
  }

  /** The numbers of the key's cells. */
  partsOf(number: number): number[] {
    const parts: number[] = [];
    let rest = number;
    for (let part = this.parts - 1; part >= 0; part -= 1) {
      const pair = this.#levels[part]?.pairs[rest] ?? 0;
      parts[part] = pair % PAIR;
      rest = Math.floor(pair / PAIR);
    }
    return parts;
  }

  #numberOfPair(part: number, pair: number): number {
    const level = this.#levels[part];
    const known = level?.numbers.get(pair);
    if (known !== undefined || !level) return known ?? 0;
    const number = level.pairs.push(pair) - 1;
    level.numbers.set(pair, number);
    return number;
  }
}
