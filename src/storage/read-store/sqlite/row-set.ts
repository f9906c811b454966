/**
 * Documents are numbered in the order they came, and a segment is this many of them: the unit in which the index is
 * written, and what a query checks row by row at most, as the newest segment is not indexed yet.
 */
export const SEGMENT_ROWS = 4096;
export const SEGMENT_BYTES = SEGMENT_ROWS / 8;

/** A set of row numbers, one bit each. The operations change the set they are called on. */
export class RowSet {
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;

  /** Room for whole segments. */
  constructor(readonly segments: number) {
    const memory = new ArrayBuffer(segments * SEGMENT_BYTES);
    this.#bytes = new Uint8Array(memory);
    this.#words = new Uint32Array(memory);
  }

  add(row: number): void {
    this.#bytes[row >> 3] = (this.#bytes[row >> 3] ?? 0) | (1 << (row & 7));
  }

  delete(row: number): void {
    this.#bytes[row >> 3] = (this.#bytes[row >> 3] ?? 0) & ~(1 << (row & 7));
  }

  has(row: number): boolean {
    return ((this.#bytes[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }

  /** Adds what `packRows` made of a segment's rows. */
  addPacked(segment: number, packed: Uint8Array): void {
    const start = segment * SEGMENT_BYTES;
    if (packed.length === SEGMENT_BYTES) {
      for (let at = 0; at < SEGMENT_BYTES; at += 1) {
        this.#bytes[start + at] = (this.#bytes[start + at] ?? 0) | (packed[at] ?? 0);
      }
      return;
    }
    const first = segment * SEGMENT_ROWS;
    for (let at = 0; at < packed.length; at += 2) this.add(first + ((packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8)));
  }

  addSegment(segment: number): void {
    this.#bytes.fill(0xff, segment * SEGMENT_BYTES, (segment + 1) * SEGMENT_BYTES);
  }

  clearSegment(segment: number): void {
    this.#bytes.fill(0, segment * SEGMENT_BYTES, (segment + 1) * SEGMENT_BYTES);
  }

  unite(other: RowSet): this {
    for (let at = 0; at < this.#words.length; at += 1) {
      this.#words[at] = (this.#words[at] ?? 0) | (other.#words[at] ?? 0);
    }
    return this;
  }

  intersect(other: RowSet): this {
    for (let at = 0; at < this.#words.length; at += 1) {
      this.#words[at] = (this.#words[at] ?? 0) & (other.#words[at] ?? 0);
    }
    return this;
  }

  subtract(other: RowSet): this {
    for (let at = 0; at < this.#words.length; at += 1) {
      this.#words[at] = (this.#words[at] ?? 0) & ~(other.#words[at] ?? 0);
    }
    return this;
  }

  /** Makes a segment's rows those of a segment of another set. */
  setFrom(other: RowSet, from: number, segment: number): void {
    this.#bytes.set(other.#bytes.subarray(from * SEGMENT_BYTES, (from + 1) * SEGMENT_BYTES), segment * SEGMENT_BYTES);
  }

  get isEmpty(): boolean {
    return this.#words.every((word) => word === 0);
  }

  copy(): RowSet {
    return new RowSet(this.segments).unite(this);
  }

  count(segment?: number): number {
    const from = segment === undefined ? 0 : (segment * SEGMENT_BYTES) / 4;
    const to = segment === undefined ? this.#words.length : from + SEGMENT_BYTES / 4;
    let count = 0;
    for (let at = from; at < to; at += 1) count += countBits(this.#words[at] ?? 0);
    return count;
  }

  /** The rows in ascending order. */
  rows(segment?: number): number[] {
    const rows: number[] = [];
    const from = segment === undefined ? 0 : segment * SEGMENT_BYTES;
    const to = segment === undefined ? this.#bytes.length : from + SEGMENT_BYTES;
    for (let at = from; at < to; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      for (let bit = 0; byte >> bit > 0; bit += 1) if (byte & (1 << bit)) rows.push(at * 8 + bit);
    }
    return rows;
  }
}

/**
 * A segment's rows, given as ascending numbers within it, as a blob: two bytes (little-endian) each, or one bit each
 * where that is smaller. The length tells which.
 */
export function packRows(rows: readonly number[]): Uint8Array {
  const asList = rows.length * 2 < SEGMENT_BYTES;
  const packed = new Uint8Array(asList ? rows.length * 2 : SEGMENT_BYTES);
  for (const [index, row] of rows.entries()) {
    if (asList) {
      packed[index * 2] = row & 0xff;
      packed[index * 2 + 1] = row >> 8;
    } else {
      packed[row >> 3] = (packed[row >> 3] ?? 0) | (1 << (row & 7));
    }
  }
  return packed;
}

/** Henry S. Warren, Hacker's Delight, 5-1. */
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
