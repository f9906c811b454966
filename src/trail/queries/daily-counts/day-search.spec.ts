import { describe, expect, it } from '@jest/globals';
import type { ViewBuckets } from '../../../storage/read-store/read-store.port.js';
import { DaySearch, type Aggregate } from './day-search.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const ASOF = { epoch: 1, next: [0] };

/** Three actions on each of the last days of November 2026 up to the 21st. */
const aggregate: Aggregate = ({ by, filter, limit }) => {
  const { from = '', before = '~' } = filter as { readonly from?: string; readonly before?: string };
  const days = Array.from({ length: 20 }, (_, index) => `202611${String(index + 2).padStart(2, '0')}`).filter(
    (day) => `${day}12` >= from && `${day}12` < before,
  );
  const times = { first: `${days[0] ?? ''}12`, last: `${days.at(-1) ?? ''}12`, distinct: {} };
  const all = days.flatMap((day) =>
    ['a', 'b', 'c'].map((action) => ({ key: [day, action, 'success'], count: 1, ...times })),
  );
  const whole = days.length > 0 ? [{ key: [], count: all.length, ...times }] : [];
  const buckets = by.length === 0 ? whole : all;
  const found: ViewBuckets = {
    buckets: buckets.slice(0, limit),
    groups: buckets.length,
    total: all.length,
    asOf: ASOF,
  };
  return Promise.resolve(found);
};

describe(DaySearch.name, () => {
  it('shows the newest days whose groups fit where nobody said where to begin', async () => {
    const { days, earlier } = await new DaySearch(aggregate, { days: 100, groups: 20 }).count({}, NOW);

    expect(days.map(({ day }) => day)).toEqual(['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21']);
    expect(earlier).toBe(45);
  });

  it('shortens no period that somebody gave', async () => {
    const sut = new DaySearch(aggregate, { days: 100, groups: 20 });

    await expect(sut.count({ from: Date.parse('2026-11-01T00:00:00Z') }, NOW)).rejects.toMatchObject({
      code: 'TRAIL.INVALID_FILTER',
    });
  });
});
