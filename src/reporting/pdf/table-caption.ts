import { KeytrailError } from '../../domain/errors.js';
import { type Attachment, PRINTED_ROWS, type Table } from './report-document.js';

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

export function grouped(value: number): string {
  return numbers.format(value);
}

/** How many rows a table must print. */
export function printedRows(total: number): number {
  return Math.min(total, PRINTED_ROWS);
}

/**
 * What a table shows of what there is: "2,000 of 31,204 shown; all in the attached reads.csv, SHA-256 ...". Throws
 * REPORTING.FAILED where rows would be left out without a file that has them. Nothing for a table that is whole and has no file.
 */
export function captionOf(table: Table, attachments: readonly Attachment[]): string | undefined {
  const file = fileOf(table, attachments);
  const shown = printedRows(table.total);
  if (file === undefined) {
    if (shown < table.total) throw new KeytrailError('REPORTING.FAILED', { reason: 'rows_without_file' });
    return undefined;
  }
  const place = file.placement === 'embedded' ? `the attached ${file.name}` : `${file.name} beside this PDF`;
  const where = `${place}, SHA-256 ${file.sha256}`;
  if (shown < table.total) return `${grouped(shown)} of ${grouped(table.total)} shown; all in ${where}`;
  return `${rowsOf(shown)}, also in ${where}`;
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row' : `${grouped(count)} rows`;
}

function fileOf({ attachment }: Table, attachments: readonly Attachment[]): Attachment | undefined {
  if (attachment === undefined) return undefined;
  const file = attachments.find(({ name }) => name === attachment);
  if (file === undefined) throw new KeytrailError('REPORTING.FAILED', { reason: 'table_names_unknown_file' });
  return file;
}
