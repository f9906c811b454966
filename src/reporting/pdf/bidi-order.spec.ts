import { describe, expect, it } from '@jest/globals';
import { levelsOf, visualOrder } from './bidi-order.js';

describe(levelsOf.name, () => {
  it('needs no levels where all reads left to right', () => {
    expect(levelsOf('plain 欧阳 नरेन्द्र', 'auto')).toBeUndefined();
  });

  it('takes the direction of the first strong character', () => {
    expect([...(levelsOf('אב a', 'auto') ?? [])]).toEqual([1, 1, 1, 2]);
  });

  it('keeps code left to right, whatever it begins with', () => {
    expect([...(levelsOf('אב/a', 'ltr') ?? [])]).toEqual([1, 1, 0, 0]);
  });

  it('keeps a written-out character whole among right-to-left letters', () => {
    const text = 'א\\u{202E}ב';

    const levels = levelsOf(text, 'auto', [{ start: 1, end: 9 }]) ?? new Uint8Array();

    expect(new Set(levels.slice(1, 9))).toEqual(new Set([2]));
  });
});

describe(visualOrder.name, () => {
  it.each<[string, number[], number[]]>([
    ['left to right', [0, 0, 0], [0, 1, 2]],
    ['right to left', [1, 1, 1], [2, 1, 0]],
    ['a name in a sentence', [0, 1, 1, 0], [0, 2, 1, 3]],
    ['a number in a name', [1, 2, 2, 1], [3, 1, 2, 0]],
    ['two names', [1, 1, 0, 1, 1], [1, 0, 2, 4, 3]],
    ['nothing', [], []],
  ])('%s', (_, levels, order) => {
    expect(visualOrder(levels)).toEqual(order);
  });
});
