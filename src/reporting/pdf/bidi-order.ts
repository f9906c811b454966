import bidiFactory from 'bidi-js';

// The package exports the factory itself; its types describe the ES module that Node does not take.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

/** Blocks of right-to-left scripts: without one of these every level is 0 and the algorithm need not run. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Embedding levels (UAX #9), one a UTF-16 unit; undefined where the whole text reads left to right. */
export type Levels = Uint8Array | undefined;

/** A stretch of text, in UTF-16 units. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * `auto` takes the direction of the first strong character, as a name is read; `ltr` keeps paths and ids in the order
 * that a machine reads them. `whole` are stretches that stay as they are, such as `\u{202E}`.
 */
export function levelsOf(text: string, base: 'auto' | 'ltr', whole: readonly Stretch[] = []): Levels {
  if (!RIGHT_TO_LEFT.test(text)) return undefined;
  let read = text;
  for (const { start, end } of whole) read = read.slice(0, start) + 'a'.repeat(end - start) + read.slice(end);
  return bidi.getEmbeddingLevels(read, base).levels;
}

/** UAX #9 rule L2 on pieces of one level each: the indices of the pieces from left to right. */
export function visualOrder(levels: readonly number[]): readonly number[] {
  const order = levels.map((_, index) => index);
  const highest = Math.max(0, ...levels);
  for (let level = highest; level >= 1; level -= 1) {
    for (let start = 0; start < order.length; start += 1) {
      let end = start;
      while (end < order.length && levelAt(levels, order[end]) >= level) end += 1;
      if (end - start > 1) order.splice(start, end - start, ...order.slice(start, end).reverse());
      start = Math.max(start, end - 1);
    }
  }
  return order;
}

function levelAt(levels: readonly number[], index: number | undefined): number {
  return index === undefined ? 0 : (levels[index] ?? 0);
}
