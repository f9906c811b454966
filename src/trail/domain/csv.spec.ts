import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvCell, csvLine } from './csv.js';

describe('csvCell', () => {
  it.each([
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\\u{9}=1"`],
    ['\r=1', `"'\\u{d}=1"`],
    ['＝1', `"'＝1"`],
    ['a=1', `"a=1"`],
    ['say "hi"', `"say ""hi"""`],
    ['gpj.\u202Eexe', `"gpj.\\u{202e}exe"`],
    ['a\nb', `"a\\u{a}b"`],
    ['क्\u200Dष', `"क्\u200Dष"`],
    ['', `""`],
  ])('writes %j as %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('never lets a cell out, nor a formula in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const cell = csvCell(value);
        expect(cell.slice(1, -1).replaceAll('""', '')).not.toMatch(/["\r\n]/);
        expect(cell.slice(1)).not.toMatch(/^[=+\-@\t]/);
      }),
    );
  });
});

describe('csvLine', () => {
  it('ends as RFC 4180 asks', () => {
    expect(csvLine(['a', 'b'])).toBe('"a","b"\r\n');
  });
});
