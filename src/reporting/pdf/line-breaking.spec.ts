import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakLines } from './line-breaking.js';

/** Every UTF-16 unit is 1 wide. */
const units = { stretch: (start: number, end: number) => end - start, character: (cluster: string) => cluster.length };
const lines = (text: string, width: number): string[] =>
  breakLines(text, width, units).map(({ start, end }) => text.slice(start, end));

describe(breakLines.name, () => {
  it('breaks at spaces and drops them there', () => {
    expect(lines('who read  which secret', 10)).toEqual(['who read', 'which', 'secret']);
  });

  it('keeps a word whole that fits on a line of its own', () => {
    expect(lines('at 2026-01-02T03:04:05Z', 20)).toEqual(['at', '2026-01-02T03:04:05Z']);
  });

  it.each([
    ['a path after a slash', 'secret/data/payments/stripe-api-key', 24, ['secret/data/payments/', 'stripe-api-key']],
    ['a time before its hours', '2026-01-02T03:04:05.123456789Z', 20, ['2026-01-02T', '03:04:05.123456789Z']],
    [
      'an ARN after a colon',
      'arn:aws:kms:eu-west-1:111122223333:key',
      24,
      ['arn:aws:kms:eu-west-1:', '111122223333:key'],
    ],
    ['an address after the at', 'alexandra.long@example.com', 18, ['alexandra.long@', 'example.com']],
    ['a name after a dash', 'stripe-production-key', 12, ['stripe-', 'production-', 'key']],
    ['a hash anywhere', 'a5326bb6f27188c9', 6, ['a5326b', 'b6f271', '88c9']],
  ])('parts %s', (_, text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  it('does not leave a line half empty for a separator', () => {
    expect(lines('a/bcdefghijklmno', 10)).toEqual(['a/bcdefghi', 'jklmno']);
  });

  it('breaks between ideographs, but not before a full stop', () => {
    expect(lines('秘密を読む。', 5)).toEqual(['秘密を読', 'む。']);
  });

  it('never parts what is one character to a reader', () => {
    expect(lines('e\u0301e\u0301e\u0301', 3)).toEqual(['e\u0301', 'e\u0301', 'e\u0301']);
  });

  it('has no line for spaces alone', () => {
    expect(lines('   ', 10)).toEqual([]);
  });

  it('lets no line overflow and loses nothing but spaces', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('ab/:-. _秘密é')), maxLength: 600 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (given, width) => {
        const broken = lines(given, width);
        expect(broken.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
        expect(broken.every((line) => line.length <= width)).toBe(true);
      }),
    );
  });
});
