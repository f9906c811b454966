import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTimestamp, utcDay, utcQuarter } from './timestamp.js';

describe(parseTimestamp.name, () => {
  it.each([
    ['2024-01-15T10:30:00Z', '20240115103000000000000'],
    ['2020-12-01T20:29:04.356625452Z', '20201201202904356625452'],
    ['2020-12-01T20:29:04.3566254529Z', '20201201202904356625452'],
    ['2024-01-15t10:30:00.5z', '20240115103000500000000'],
    ['2024-01-01T00:30:00+01:00', '20231231233000000000000'],
    ['2024-02-29T23:59:59.000000001-00:30', '20240301002959000000001'],
    ['2016-12-31T23:59:60Z', '20161231235960000000000'],
    ['0001-01-01T00:00:00Z', '00010101000000000000000'],
    ['9999-12-31T23:59:59.999999999Z', '99991231235959999999999'],
  ])('%s sorts as %s and keeps its digits', (text, sortKey) => {
    expect(parseTimestamp(text)).toMatchObject({ text, sortKey });
  });

  it.each([
    '',
    '2024-01-15',
    '2024-13-01T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-01-15T24:00:00Z',
    '2024-01-15T10:30:61Z',
    '2024-01-15T10:30:00',
    '2024-01-15T10:30:00+24:00',
    '9999-12-31T23:59:59-01:00',
    '2024-01-15T10:30:00Z\n',
    '２024-01-15T10:30:00Z',
  ])('%p is no time', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it('orders any two times as their instants, and its milliseconds are those of Date', () => {
    const moment = fc.date({ min: new Date('1000-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        const [a, b] = [one, other].map((date) => parseTimestamp(date.toISOString()));
        expect(a?.milliseconds).toBe(one.getTime());
        expect(Math.sign(one.getTime() - other.getTime())).toBe(compare(a?.sortKey, b?.sortKey));
      }),
    );
  });
});

function compare(one = '', other = ''): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

describe('calendar units', () => {
  it('are UTC', () => {
    expect(utcDay(Date.parse('1970-01-02T00:00:00Z'))).toBe(1);
    expect(utcDay(Date.parse('1969-12-31T23:59:59Z'))).toBe(-1);
    expect(utcQuarter(Date.parse('2026-10-01T00:00:00Z'))).toBe('2026-Q4');
    expect(utcQuarter(Date.parse('2026-09-30T23:59:59.999Z'))).toBe('2026-Q3');
  });
});
