import { describe, expect, it } from '@jest/globals';
import { RefusalCounts, type Refusal } from './refusal-counts.js';

const at = (text: string) => new Date(`2026-11-22T12:${text}Z`);
const refusal = (address: string, given: Partial<Refusal> = {}): Refusal => ({
  code: 'ACCESS.UNAUTHENTICATED',
  reason: 'unauthenticated',
  address,
  requestId: 'r',
  ...given,
});

describe(RefusalCounts.name, () => {
  it('counts by address, code, reason and minute', () => {
    const sut = new RefusalCounts(100);
    for (let index = 0; index < 7; index += 1) sut.add(refusal('a'), at('00:59.999'));
    sut.add(refusal('a'), at('01:00.000'));
    sut.add(refusal('b'), at('00:10.000'));
    sut.add(refusal('b', { code: 'ACCESS.DENIED', reason: 'denied' }), at('00:10.000'));

    expect(sut.take(at('01:30.000')).map(({ address, code, minute, count }) => [address, code, minute, count])).toEqual(
      [
        ['a', 'ACCESS.UNAUTHENTICATED', '2026-11-22T12:00:00.000Z', 7],
        ['b', 'ACCESS.UNAUTHENTICATED', '2026-11-22T12:00:00.000Z', 1],
        ['b', 'ACCESS.DENIED', '2026-11-22T12:00:00.000Z', 1],
      ],
    );
    expect(sut.take(at('01:30.000'))).toEqual([]);
    expect(sut.take(at('01:30.000'), true)).toHaveLength(1);
  });

  it('stays bounded and exact when there are more addresses than it tells apart', () => {
    const sut = new RefusalCounts(100);
    for (let index = 0; index < 5_000; index += 1) sut.add(refusal(`2001:db8::${index}`), at('00:10.000'));
    sut.add(refusal('2001:db8::1'), at('00:20.000'));

    const groups = sut.take(at('02:00.000'));

    expect(groups).toHaveLength(101);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(5_001);
    expect(groups.find(({ address }) => address === undefined)?.count).toBe(4_900);
    expect(new Set(groups.map(({ id }) => id)).size).toBe(101);
  });
});
