/** What a spreadsheet would take for a formula or a command (full-width forms too). */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

export type CsvCell = string | number | boolean | null | undefined;

/**
 * One line by RFC 4180: every cell quoted, CRLF at the end. A cell that a spreadsheet could run begins with `'` instead,
 * as names in it come from whoever used the audited store. Absent values are empty cells.
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
  const inert = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return inert.includes('"') ? inert.replaceAll('"', '""') : inert;
}
