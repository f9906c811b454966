import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText, replaceHostileText, replaceHostileValues } from './hostile-text.js';

describe(replaceHostileText.name, () => {
  it('replaces NUL and lone surrogates and leaves pairs alone', () => {
    expect(replaceHostileText('a\0b\uD800c\uDC00\u{1F600}')).toBe('a\uFFFDb\uFFFDc\uFFFD\u{1F600}');
  });

  it('always gives storable text of the same length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
        (text) => {
          const replaced = replaceHostileText(text);
          expect(replaced.isWellFormed() && !replaced.includes('\0')).toBe(true);
          expect(replaced).toHaveLength(text.length);
        },
      ),
    );
  });
});

describe(cutText.name, () => {
  it('never splits a surrogate pair', () => {
    expect(cutText('ab\u{1F600}', 3)).toBe('ab');
    expect(cutText('ab\u{1F600}', 4)).toBe('ab\u{1F600}');
  });
});

describe(replaceHostileValues.name, () => {
  it('reaches keys and values at every depth and shares what needs no change', () => {
    const clean = { list: ['x'] };

    const replaced = replaceHostileValues({ clean, ['k\0']: [{ v: '\uD800' }] });

    expect(replaced).toEqual({ clean, 'k\uFFFD': [{ v: '\uFFFD' }] });
    expect(replaced.clean).toBe(clean);
  });

  it('keeps a member named __proto__ a plain member', () => {
    const value = JSON.parse('{"__proto__":{"polluted":"\\u0000"}}') as object;

    const replaced = replaceHostileValues(value);

    expect(JSON.stringify(replaced)).toBe('{"__proto__":{"polluted":"\uFFFD"}}');
    expect(Object.getPrototypeOf(replaced)).toBe(Object.prototype);
  });
});
