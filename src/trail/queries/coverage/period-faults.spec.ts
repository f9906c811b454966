import { describe, expect, it } from '@jest/globals';
import type { CoveragePeriod } from './coverage.query.js';
import { periodFaults } from './period-faults.js';

const NOW = Date.UTC(2026, 10, 22);

describe(periodFaults.name, () => {
  it.each<CoveragePeriod>([
    {},
    { from: '2026-11-01' },
    { to: '2026-11-01' },
    { from: '2026-11-01', to: '2026-11-01' },
    { from: '2028-02-29', to: '2028-03-01' },
    { from: '2027-01-01' },
    { to: '9999-12-30' },
  ])('finds none with %j', (period) => {
    expect(periodFaults(period, NOW)).toEqual([]);
  });

  it.each<[CoveragePeriod, string]>([
    [{ from: '2026-02-31' }, 'from: must be a day that there is'],
    [{ from: '2026-01-01', to: '2027-02-29' }, 'to: must be a day that there is'],
    [{ to: '9999-12-31' }, 'to: must be a day that there is'],
    [{ from: '2026-11-02', to: '2026-11-01' }, 'to: must not be before from'],
    [{ from: '0001-01-01' }, 'from, to: at most 3700 days at once'],
    [{ from: '2026-01-01', to: '2999-01-01' }, 'from, to: at most 3700 days at once'],
  ])('finds fault with %j', (period, fault) => {
    expect(periodFaults(period, NOW)).toEqual([expect.stringContaining(fault)]);
  });
});
