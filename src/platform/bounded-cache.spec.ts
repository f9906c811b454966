import { describe, expect, it } from '@jest/globals';
import { BoundedCache } from './bounded-cache.js';

describe(BoundedCache.name, () => {
  it('drops what was not used for the longest time', () => {
    const sut = new BoundedCache<string, number>(2);
    sut.set('a', 1);
    sut.set('b', 2);
    sut.get('a');

    sut.set('c', 3);

    expect([sut.get('a'), sut.get('b'), sut.get('c'), sut.size]).toEqual([1, undefined, 3, 2]);
  });

  it('keeps one value a key', () => {
    const sut = new BoundedCache<string, number>(2);
    sut.set('a', 1);
    sut.set('a', 2);

    expect([sut.get('a'), sut.size]).toEqual([2, 1]);
  });
});
