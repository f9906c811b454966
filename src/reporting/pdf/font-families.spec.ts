import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { facesFor, hanOrder, pathOf, plainFace, postscriptName } from './font-families.js';
import { FontSlices } from './font-slices.js';
import { asCode, asMissing, STYLE, type TextStyle } from './theme.js';

describe(FontSlices.name, () => {
  const sut = new FontSlices({ '[4]': 'U+4e00-4e0f,U+9f98', latin: 'U+20-7e, U+4E0A' });

  it.each([
    [0x41, ['latin']],
    [0x4e0a, ['4', 'latin']],
    [0x9f98, ['4']],
    [0x9f99, []],
  ])('U+%s', (codePoint, expected) => {
    expect(sut.claiming(codePoint)).toEqual(expected);
  });
});

describe(facesFor.name, () => {
  const familyOf = (text: string, context = text, style: TextStyle = STYLE.cell) =>
    Array.from(facesFor(text.codePointAt(0) ?? 0, style, context))[0]?.family;

  it.each([
    ['a', 'source-sans-3'],
    ['ő', 'source-sans-3'],
    ['Ж', 'source-sans-3'],
    ['Ω', 'source-sans-3'],
    ['א', 'noto-sans-hebrew'],
    ['ع', 'noto-sans-arabic'],
    ['न', 'noto-sans-devanagari'],
    ['さ', 'noto-sans-jp'],
    ['하', 'noto-sans-kr'],
    ['娜', 'noto-sans-sc'],
  ])('%s is drawn by %s', (character, family) => {
    expect(familyOf(character)).toBe(family);
  });

  it('draws a Han character as the text around it is written', () => {
    expect(familyOf('渡', '渡邉さくら')).toBe('noto-sans-jp');
    expect(familyOf('金', '金 하늘')).toBe('noto-sans-kr');
  });

  it('draws code in the monospaced face', () => {
    expect(familyOf('a', 'a', asCode(STYLE.cell))).toBe('source-code-pro');
    expect(familyOf('Ж', 'Ж', asCode(STYLE.cell))).toBe('source-code-pro');
  });

  it('names files that are there', () => {
    const faces = Array.from('aЖאعनさ하娜').flatMap((character) =>
      Array.from(facesFor(character.codePointAt(0) ?? 0, STYLE.cell, '')),
    );

    expect(faces.map(pathOf).filter((path) => !existsSync(path))).toEqual([]);
    expect(existsSync(pathOf(plainFace(asMissing(STYLE.cell))))).toBe(true);
  });
});

describe(hanOrder.name, () => {
  it('begins with Chinese where nothing tells', () => {
    expect(hanOrder('渡邉')[0]).toBe('noto-sans-sc');
  });
});

describe(postscriptName.name, () => {
  it('is unique for each file and weight', () => {
    const face = { family: 'noto-sans-sc', slice: '4', weight: 400, italic: false } as const;

    expect(postscriptName(face)).toBe('NotoSansSc4Regular');
    expect(postscriptName({ ...face, weight: 600 })).toBe('NotoSansSc4Semibold');
  });
});
