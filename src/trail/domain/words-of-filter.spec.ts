import { describe, expect, it } from '@jest/globals';
import { wordsOfFilter } from './words-of-filter.js';

describe(wordsOfFilter.name, () => {
  it('says each term in a line, negated ones with a not', () => {
    const filter = {
      secret: ['kv/billing', 'kv/web'],
      outcome: ['failure'],
      not: { action: ['secret.list'], from: '2026-01-01T00:00:00Z' },
      own: true,
    };

    expect(wordsOfFilter(filter)).toEqual([
      'secret: kv/billing or kv/web',
      'outcome: failure',
      'not action: secret.list',
      'not from: 2026-01-01T00:00:00Z',
      "with Keytrail's own acts",
    ]);
  });

  it('says nothing about everything', () => {
    expect(wordsOfFilter({})).toEqual([]);
  });
});
