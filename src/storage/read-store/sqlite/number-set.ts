/** A set of whole numbers from 0 on, one bit each: built from a long list many times faster than a `Set`. */
export class NumberSet {
  readonly #bits: Uint8Array;

  constructor(readonly numbers: readonly number[]) {
    const highest = numbers.reduce((high, number) => Math.max(high, number), 0);
    this.#bits = new Uint8Array((highest >> 3) + 1);
    for (const number of numbers) this.#bits[number >> 3] = (this.#bits[number >> 3] ?? 0) | (1 << (number & 7));
  }

  get size(): number {
    return this.numbers.length;
  }

  has(number: number): boolean {
    return ((this.#bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }
}
