import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fairCounts } from './fair-page.js';

function shares(...lengths: number[]) {
  return lengths.map((length, partition) => ({ partition, records: new Array<number>(length).fill(0) }));
}

describe(fairCounts.name, () => {
  it('keeps no partition out because another is busy', () => {
    expect(fairCounts(shares(1000, 3, 1000, 0), 103)).toEqual([50, 3, 50, 0]);
    expect(fairCounts(shares(1000, 1000), 1)).toEqual([1, 0]);
  });

  it('fills the page as far as there are records', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 12 }), fc.integer({ min: 1, max: 200 }), (lengths, limit) => {
        const counts = fairCounts(shares(...lengths), limit);
        const all = lengths.reduce((sum, length) => sum + length, 0);

        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(Math.min(limit, all));
        expect(counts.every((count, index) => count <= (lengths[index] ?? 0))).toBe(true);
      }),
    );
  });
});
