import { showHidden } from '../../domain/hidden-text.js';

/** What a spreadsheet would take for a formula or a command (full-width forms too). */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

export type CsvCell = string | number | boolean | null | undefined;

/**
 * One line by RFC 4180: every cell quoted, CRLF at the end. A cell that a spreadsheet could run begins with `'` instead,
 * as names in it come from whoever used the audited store. What can't be seen is written out (`\u{202e}`), as on the pages.
 * Absent values are empty cells.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  let line = '';
  for (let index = 0; index < cells.length; index += 1) {
    line += (index > 0 ? ',"' : '"') + csvText(cells[index]) + '"';
  }
  return line + '\r\n';
}

function csvText(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const shown = showHidden(cell);
  const inert = FORMULA_START.test(cell) ? `'${shown}` : shown;
  return inert.includes('"') ? inert.replaceAll('"', '""') : inert;
}
