import { describe, expect, it } from '@jest/globals';
import { silentDays } from './silent-days.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('silentDays', () => {
  it('counts the days without events from the first one with any up to today', () => {
    expect(silentDays(['2026-11-21', '2026-11-18'], {}, NOW)).toEqual({
      silentDays: 3,
      silentDates: ['2026-11-19', '2026-11-20', '2026-11-22'],
    });
  });

  it('counts those of a period, also of a source that had none', () => {
    expect(silentDays([], { from: '2026-01-01', to: '2026-01-02' }, NOW)).toEqual({
      silentDays: 2,
      silentDates: ['2026-01-01', '2026-01-02'],
    });
    expect(silentDays([], { to: '2026-01-02' }, NOW)).toEqual({ silentDays: 0, silentDates: [] });
    expect(silentDays([], { from: '2026-11-22', to: '2027-01-01' }, NOW).silentDays).toBe(1);
    expect(silentDays([], { from: '2027-01-01' }, NOW)).toEqual({ silentDays: 0, silentDates: [] });
  });

  it('looks at the last 3,700 days only, however early events began, and says from which day', () => {
    expect(silentDays(['0001-01-01', '2026-11-22'], {}, NOW)).toMatchObject({
      silentDays: 3_699,
      silentDaysFrom: '2016-10-06',
    });
    const { silentDates } = silentDays(['0001-01-01'], {}, NOW);
    expect(silentDates).toHaveLength(31);
    expect(silentDates[0]).toBe('2016-10-06');
    expect(silentDays(['2016-10-06'], {}, NOW)).not.toHaveProperty('silentDaysFrom');
  });

  it('takes no time for many sources with old events', () => {
    const begun = performance.now();
    for (let source = 0; source < 1_000; source += 1) silentDays(['0001-01-01'], {}, NOW);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
