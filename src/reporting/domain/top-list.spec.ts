import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TopList } from './top-list.js';

describe(TopList.name, () => {
  it('keeps what a whole sort would keep, whatever the number of items', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 500 }), fc.integer({ min: 1, max: 20 }), (items, limit) => {
        const sut = new TopList<number>(limit, (left, right) => right - left);
        for (const item of items) sut.add(item);

        expect(sut.total).toBe(items.length);
        expect(sut.items()).toEqual([...items].sort((left, right) => right - left).slice(0, limit));
      }),
    );
  });
});
