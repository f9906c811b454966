import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine } from './csv-line.js';

describe(csvLine.name, () => {
  it('quotes every cell and ends in CRLF', () => {
    expect(csvLine(['a', 'say "hi"', 3, true, null, undefined])).toBe('"a","say ""hi""","3","true","",""\r\n');
  });

  it.each(['=cmd|x', '+1', '-1', '@SUM(A1)', '\uFF1Dx', '\uFF0Bx', '\uFF0Dx', '\uFF20x'])('makes %j inert', (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell}"\r\n`);
  });

  it.each([
    ['kv/\u202Egpj.exe', 'kv/\\u{202e}gpj.exe'],
    ['\u001B[31m', '\\u{1b}[31m'],
    ['two\r\nlines', 'two\\u{d}\\u{a}lines'],
    ['\tx', "'\\u{9}x"],
    ['a\u{E0041}', 'a\\u{e0041}'],
    ['\uD800', '\\u{d800}'],
    ['क्\u200Dष 山田 שרה', 'क्\u200Dष 山田 שרה'],
  ])('writes %j as %j', (cell, shown) => {
    expect(csvLine([cell])).toBe(`"${shown}"\r\n`);
  });

  it('gives back every text that can be seen, but for the apostrophe in front of what could run', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const read = parse(csvLine(cells));
        expect(read).toHaveLength(cells.length);
        read.forEach((cell, index) => {
          expect([seen(cells[index] ?? ''), `'${seen(cells[index] ?? '')}`]).toContain(seen(cell));
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
        });
      }),
    );
  });
});

/** What is left without hidden characters and their forms in writing. */
function seen(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\\u\{[0-9a-f]+\}/gu, '');
}

function parse(line: string): string[] {
  return [...line.slice(0, -2).matchAll(/"((?:[^"]|"")*)"(?:,|$)/gsu)].map(([, cell = '']) =>
    cell.replaceAll('""', '"'),
  );
}
