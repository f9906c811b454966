import { describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../domain/errors.js';
import { type Attachment, type Table } from './report-document.js';
import { captionOf, grouped } from './table-caption.js';

const beside: Attachment = {
  name: 'reads.csv',
  mime: 'text/csv',
  description: 'All reads',
  sha256: 'ab12',
  byteLength: 30_000_000,
  rows: 31_204,
  placement: 'beside',
};
const embedded: Attachment = { ...beside, placement: 'embedded', relationship: 'Data', content: new Uint8Array() };

function table(total: number, attachment?: string): Table {
  const rest = attachment === undefined ? {} : { attachment };
  return { block: 'table', title: 'Reads', columns: [], rows: [], total, whenEmpty: 'None.', ...rest };
}

describe(captionOf.name, () => {
  it.each<[Table, readonly Attachment[], string | undefined]>([
    [table(412), [], undefined],
    [table(1, 'reads.csv'), [embedded], '1 row, also in the attached reads.csv, SHA-256 ab12'],
    [table(2_000, 'reads.csv'), [embedded], '2,000 rows, also in the attached reads.csv, SHA-256 ab12'],
    [table(31_204, 'reads.csv'), [embedded], '2,000 of 31,204 shown; all in the attached reads.csv, SHA-256 ab12'],
    [table(31_204, 'reads.csv'), [beside], '2,000 of 31,204 shown; all in reads.csv beside this PDF, SHA-256 ab12'],
  ])('%#', (given, attachments, expected) => {
    expect(captionOf(given, attachments)).toBe(expected);
  });

  it('refuses to leave rows out without a file that has them', () => {
    expect(() => captionOf(table(2_001), [embedded])).toThrow(KeytrailError);
  });

  it('refuses to name a file that is not there', () => {
    expect(() => captionOf(table(1, 'other.csv'), [embedded])).toThrow(KeytrailError);
  });
});

describe(grouped.name, () => {
  it.each([
    [0, '0'],
    [31_204, '31,204'],
    [-1_000.5, '-1,000.5'],
  ])('%s', (value, expected) => {
    expect(grouped(value)).toBe(expected);
  });
});
