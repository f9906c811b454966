import { describe, expect, it } from '@jest/globals';
import { comparisonPeriod, momentWords, periodKeys, readMoment } from './report-period.js';

const at = (date: string): string => `${date}T00:00:00.000Z`;

describe(readMoment.name, () => {
  it.each([
    ['2026-01-31', at('2026-01-31')],
    ['2026-01-31T09:30:00+02:00', '2026-01-31T07:30:00.000Z'],
    ['2026-02-30', undefined],
    ['January', undefined],
  ])('reads %s as %s', (text, moment) => {
    expect(readMoment(text)).toBe(moment);
  });
});

describe(comparisonPeriod.name, () => {
  it.each([
    ['a month with the month before', '2026-03-01', '2026-04-01', '2026-02-01'],
    ['a quarter with the quarter before, over the year', '2026-01-01', '2026-04-01', '2025-10-01'],
    ['a year with the year before', '2024-01-01', '2025-01-01', '2023-01-01'],
    ['some days with as many before', '2026-03-10', '2026-03-17', '2026-03-03'],
  ])('compares %s', (_what, from, to, earlier) => {
    expect(comparisonPeriod({ from: at(from), to: at(to) })).toEqual({ from: at(earlier), to: at(from) });
  });
});

describe(periodKeys.name, () => {
  it('gives sort keys of 23 digits', () => {
    expect(periodKeys({ from: at('2026-01-01'), to: '2026-02-01T10:20:30.456Z' })).toEqual({
      from: '20260101000000000000000',
      before: '20260201102030456000000',
    });
  });
});

describe(momentWords.name, () => {
  it('leaves out what says nothing', () => {
    expect(momentWords(at('2026-01-01'))).toBe('2026-01-01');
    expect(momentWords('2026-01-01T09:30:00.000Z')).toBe('2026-01-01 09:30:00');
    expect(momentWords('2026-01-01T09:30:00.250Z')).toBe('2026-01-01 09:30:00.250');
  });
});
