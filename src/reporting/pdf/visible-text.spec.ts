import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clustersOf, escapeCharacter, isPlain, visibleParts } from './visible-text.js';

const shown = (text: string): string =>
  visibleParts(text)
    .map((part) => part.text)
    .join('');

describe(visibleParts.name, () => {
  it.each([
    ['a bidi override', 'a\u202Eb', 'a\\u{202E}b'],
    ['an isolate', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['direction marks', '\u200E\u200F', '\\u{200E}\\u{200F}'],
    ['controls and line ends', 'a\nb\u0007\u0085', 'a\\u{A}b\\u{7}\\u{85}'],
    ['a lone surrogate', 'a\uD800b', 'a\\u{D800}b'],
    ['a zero-width space and a soft hyphen', 'pass\u200Bword\u00AD', 'pass\\u{200B}word\\u{AD}'],
    ['a private character', '\uE000', '\\u{E000}'],
    ['a tag character', 'x\u{E0041}', 'x\\u{E0041}'],
    ['spaces that look like another space', 'a\u2003b', 'a\\u{2003}b'],
    ['a filler that draws nothing', '\u3164', '\\u{3164}'],
    ['a joiner between letters that do not join', 'a\u200Db', 'a\\u{200D}b'],
    ['a joiner at the end', 'علی\u200C', 'علی\\u{200C}'],
  ])('writes out %s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each(['Zoë', 'Ђорђе', 'नरेन्द्र', '欧阳　娜娜', 'a\u00A0b', 'علی\u200Cرضا', 'e\u0301'])(
    'leaves %s as it is',
    (text) => {
      expect(visibleParts(text)).toEqual([{ text, escaped: false }]);
    },
  );

  it('marks what it wrote out, so that the same text typed by hand is told apart', () => {
    expect(visibleParts('\u202E\\u{202E}')).toEqual([
      { text: '\\u{202E}', escaped: true },
      { text: '\\u{202E}', escaped: false },
    ]);
  });

  it('never lets a format or control character through, but joiners', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(shown(text)).not.toMatch(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});

describe(clustersOf.name, () => {
  it('keeps marks with their letters', () => {
    expect(clustersOf('e\u0301क्षa')).toEqual(['e\u0301', 'क्ष', 'a']);
  });

  it('gives back the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => clustersOf(text).join('') === text));
  });
});

describe(isPlain.name, () => {
  it.each([
    ['secret/data/app-1', true],
    ['', true],
    ['a\tb', false],
    ['é', false],
  ])('%j: %s', (text, plain) => {
    expect(isPlain(text)).toBe(plain);
  });
});

describe(escapeCharacter.name, () => {
  it('writes the code point in upper case, without leading zeros', () => {
    expect(Array.from('\u0007\u202E\u{1F600}').map(escapeCharacter)).toEqual(['\\u{7}', '\\u{202E}', '\\u{1F600}']);
  });
});
