import { describe, expect, it } from '@jest/globals';
import { itemise } from './itemisation.js';

/** Two faces: one with small Greek letters and é, one with Han characters. */
const choose = (cluster: string): string | undefined => {
  if (/^[\u0020-\u007Eéα-ω]+$/u.test(cluster)) return 'western';
  return /^\p{sc=Han}+$/u.test(cluster) ? 'han' : undefined;
};

describe(itemise.name, () => {
  it('gives each stretch to the face that has it', () => {
    expect(itemise('user αβγ 欧阳!', 'western', choose)).toEqual({
      text: 'user αβγ 欧阳!',
      items: [
        { start: 0, end: 9, face: 'western', escaped: false },
        { start: 9, end: 11, face: 'han', escaped: false },
        { start: 11, end: 12, face: 'western', escaped: false },
      ],
    });
  });

  it('writes out what no face has, apart from the text around it', () => {
    const { text, items } = itemise('a☃b', 'western', choose);

    expect(text).toBe('a\\u{2603}b');
    expect(items.map(({ start, end, escaped }) => [text.slice(start, end), escaped])).toEqual([
      ['a', false],
      ['\\u{2603}', true],
      ['b', false],
    ]);
  });

  it('composes a letter and its mark where that has a face', () => {
    expect(itemise('e\u0301', 'western', choose).text).toBe('é');
  });

  it('writes out marks that no face can place', () => {
    expect(itemise('x\u0301', 'western', choose).text).toBe('x\\u{301}');
  });

  it('writes out marks that would run over the lines around', () => {
    const piled = 'e\u0301'.concat('\u0301'.repeat(40));

    expect(itemise(piled, 'western', (cluster) => cluster.slice(0, 1)).text).toBe(`e${'\\u{301}'.repeat(41)}`);
  });

  it('has nothing for an empty text', () => {
    expect(itemise('', 'western', choose)).toEqual({ text: '', items: [] });
  });
});
