import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { timeAhead, timeArgument } from './time-argument.js';

describe(timeArgument.name, () => {
  const now = Date.parse('2026-11-22T12:00:00Z');

  it.each([
    ['2026-11-01', '2026-11-01T00:00:00Z'],
    ['2026-11-01T10:00:00.123456789+02:00', '2026-11-01T10:00:00.123456789+02:00'],
    ['90m', '2026-11-22T10:30:00.000Z'],
    ['7d', '2026-11-15T12:00:00.000Z'],
    ['2w', '2026-11-08T12:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(timeArgument(text, now)).toBe(expected);
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-11', '7', '7y', '1e3d'])('refuses %s', (text) => {
    expect(() => timeArgument(text, now)).toThrow(InvalidArgumentError);
  });
});

describe(timeAhead.name, () => {
  it('counts forward', () => {
    expect(timeAhead('90d', Date.parse('2026-11-22T12:00:00Z'))).toBe('2027-02-20T12:00:00.000Z');
  });
});
