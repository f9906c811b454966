import { describe, expect, it } from '@jest/globals';
import { judgeTime } from './event-time.js';

const RECORDED_AT = Date.parse('2026-11-22T12:00:00Z');
const DAY = 20_779;

describe(judgeTime.name, () => {
  it.each([
    ['2026-11-22T10:30:00.123456789Z', DAY, '2026-11-22T10:30:00.123Z', []],
    ['2026-11-22T01:00:00+02:00', DAY - 1, '2026-11-21T23:00:00.000Z', []],
    ['2026-11-22T12:05:00Z', DAY, '2026-11-22T12:05:00.000Z', []],
    ['2026-11-22T12:05:00.001Z', DAY, '2026-11-22T12:00:00.000Z', ['time_future']],
    ['2999-01-01T00:00:00Z', 375_835, '2026-11-22T12:00:00.000Z', ['time_future']],
    ['1999-12-31T23:59:59Z', 10_956, '2026-11-22T12:00:00.000Z', ['time_before_2000']],
    ['1960-01-01T00:00:00Z', -3_653, '2026-11-22T12:00:00.000Z', ['time_before_2000']],
  ])('keeps %s whole', (text, day, keyTime, flags) => {
    expect(judgeTime(text, RECORDED_AT)).toEqual({ occurredAt: text, day, keyTime: Date.parse(keyTime), flags });
  });

  it.each([undefined, '', 'yesterday', '2026-02-30T00:00:00Z', '2026-11-22'])('flags %j as missing', (text) => {
    expect(judgeTime(text, RECORDED_AT)).toEqual({ day: 0, keyTime: RECORDED_AT, flags: ['time_missing'] });
  });
});
