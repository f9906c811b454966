import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beat, heldBy, leave, NO_SHARES, type PartitionShares } from './partition-shares.js';

const NOBODY: ReadonlySet<string> = new Set();

function beaten(before: PartitionShares, me: string, partitions: number, dead = NOBODY): PartitionShares {
  return beat(before, { me, version: '1.0.0', partitions, dead });
}

/** Signs of life of all members in turn, so often that nothing moves any more. */
function settled(before: PartitionShares, members: readonly string[], partitions: number): PartitionShares {
  let shares = before;
  for (let round = 0; round < 4; round += 1) for (const me of members) shares = beaten(shares, me, partitions);
  return shares;
}

const counts = (shares: PartitionShares, members: readonly string[]) => members.map((me) => heldBy(shares, me).size);

describe('partition shares', () => {
  it('the first takes everything', () => {
    const shares = beaten(NO_SHARES, 'a', 3);

    expect([...heldBy(shares, 'a')]).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    expect(shares.members).toEqual({ a: { beat: 1, version: '1.0.0' } });
  });

  it('nobody takes what another holds: it is let go of first', () => {
    const first = beaten(NO_SHARES, 'a', 4);
    const second = beaten(first, 'b', 4);
    expect(counts(second, ['a', 'b'])).toEqual([4, 0]);

    const third = beaten(second, 'a', 4);
    expect(counts(third, ['a', 'b'])).toEqual([2, 0]);
    expect(counts(beaten(third, 'a', 4), ['a', 'b'])).toEqual([2, 0]);

    const fourth = beaten(third, 'b', 4);
    expect(counts(fourth, ['a', 'b'])).toEqual([2, 2]);
    expect([...heldBy(fourth, 'b').values()]).toEqual([2, 2]);
  });

  it('what the dead held is taken over, under a new fence', () => {
    const both = settled(NO_SHARES, ['a', 'b'], 4);

    const left = beaten(both, 'b', 4, new Set(['a']));

    expect(Object.keys(left.members)).toEqual(['b']);
    expect(heldBy(left, 'b').size).toBe(4);
    for (const partition of heldBy(both, 'a').keys())
      expect(left.partitions[partition]?.fence).toBe((both.partitions[partition]?.fence ?? 0) + 1);
  });

  it('who leaves is gone at once, and nobody waits for them', () => {
    const both = settled(NO_SHARES, ['a', 'b'], 4);

    expect(heldBy(beaten(leave(both, 'a'), 'b', 4), 'b').size).toBe(4);
  });

  it('who was taken for dead and comes back begins with nothing', () => {
    const both = settled(NO_SHARES, ['a', 'b'], 4);
    const without = beaten(both, 'b', 4, new Set(['a']));

    expect(heldBy(beaten(without, 'a', 4), 'a').size).toBe(0);
    expect(counts(settled(without, ['a', 'b'], 4), ['a', 'b'])).toEqual([2, 2]);
  });

  it('come to rest: all held, nobody more than one ahead, then nothing moves', () => {
    const member = fc.integer({ min: 0, max: 5 }).map((n) => `m${n}`);
    const history = fc.array(fc.record({ me: member, dies: fc.option(member) }), { maxLength: 40 });
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 16 }), (steps, partitions) => {
        let shares = NO_SHARES;
        for (const { me, dies } of steps)
          shares = beaten(shares, me, partitions, new Set(dies === null || dies === me ? [] : [dies]));
        shares = beaten(shares, 'm0', partitions);
        const members = Object.keys(shares.members);
        const rest = settled(shares, members, partitions);
        const held = counts(rest, members);
        expect(held.reduce((sum, count) => sum + count, 0)).toBe(partitions);
        expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
        expect(settled(rest, members, partitions).partitions).toEqual(rest.partitions);
      }),
    );
  });

  it('a fence never goes back, and rises with each new holder', () => {
    const act = fc.record({
      me: fc.constantFrom('a', 'b', 'c'),
      goes: fc.boolean(),
      dies: fc.constantFrom('a', 'b', 'c', ''),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let shares = NO_SHARES;
        for (const { me, goes, dies } of acts) {
          const dead = new Set(dies === me ? [] : [dies]);
          const after = goes ? leave(shares, me) : beaten(shares, me, 5, dead);
          for (const [partition, { holder, fence }] of shares.partitions.entries()) {
            const next = after.partitions[partition];
            const isNewHolder = next?.holder !== null && next?.holder !== holder;
            expect(next?.fence).toBe(isNewHolder ? fence + 1 : fence);
          }
          shares = after;
        }
      }),
    );
  });
});
