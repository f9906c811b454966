import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine } from './csv-line.js';

describe(csvLine.name, () => {
  it('quotes every cell and ends in CRLF', () => {
    expect(csvLine(['a', 'say "hi"', 3, true, null, undefined, 'two\r\nlines'])).toBe(
      '"a","say ""hi""","3","true","","","two\r\nlines"\r\n',
    );
  });

  it.each(['=cmd|x', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '\uFF1Dx', '\uFF0Bx', '\uFF0Dx', '\uFF20x'])(
    'makes %j inert',
    (cell) => {
      expect(csvLine([cell])).toBe(`"'${cell}"\r\n`);
    },
  );

  it('gives back every text, but for the apostrophe in front of what could run', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const read = parse(csvLine(cells));
        expect(read).toHaveLength(cells.length);
        read.forEach((cell, index) => {
          expect([cells[index], `'${cells[index] ?? ''}`]).toContain(cell);
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
        });
      }),
    );
  });
});

function parse(line: string): string[] {
  return [...line.slice(0, -2).matchAll(/"((?:[^"]|"")*)"(?:,|$)/gsu)].map(([, cell = '']) =>
    cell.replaceAll('""', '"'),
  );
}
