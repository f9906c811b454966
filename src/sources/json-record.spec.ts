import { describe, expect, it } from '@jest/globals';
import { codeAt, countAt, textAt } from './json-record.js';

describe(codeAt.name, () => {
  it.each(['AccessDenied', 'eu-west-1', 'arn:aws:iam::111122223333:role/a+b=c,d', 'a'.repeat(256)])(
    'keeps the word %s',
    (code) => {
      expect(codeAt({ code }, 'code')).toBe(code);
    },
  );

  it.each(['', 'two words', 'line\nbreak', 'a'.repeat(257), 'p\u0000', 'naïve', '<b>', '"', 7, null, ['a']])(
    'keeps nothing of %j, which is no word of a vocabulary',
    (code) => {
      expect(codeAt({ code }, 'code')).toBeUndefined();
    },
  );
});

describe(countAt.name, () => {
  it.each([
    [3, 3],
    ['3', 3],
    [-1, undefined],
    [1.5, undefined],
    [2 ** 60, undefined],
    ['1e3', undefined],
    [true, undefined],
  ])('reads %j as %p', (count, expected) => {
    expect(countAt({ count }, 'count')).toBe(expected);
  });
});

describe(textAt.name, () => {
  it('takes no text for one that is empty or something else', () => {
    expect([textAt({ a: '' }, 'a'), textAt({ a: 1 }, 'a'), textAt(undefined, 'a')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
