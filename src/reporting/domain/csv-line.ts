/** What a spreadsheet would take for a formula or a command (full-width forms too). */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** Controls, marks that turn the direction of writing, invisible characters. Joiners stay: names are misspelt without them. */
const HIDDEN = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const PLAIN = /^[\x20-\x7E]*$/;

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
  const shown = PLAIN.test(cell) ? cell : cell.replace(HIDDEN, writtenOut);
  const inert = FORMULA_START.test(cell) ? `'${shown}` : shown;
  return inert.includes('"') ? inert.replaceAll('"', '""') : inert;
}

function writtenOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
