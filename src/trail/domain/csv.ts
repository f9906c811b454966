import { showHidden } from '../../domain/hidden-text.js';

/** What spreadsheets take for the start of a formula, in ASCII and full width. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/u;

/** One line by RFC 4180, every cell quoted. Secret names and user agents are in the attacker's hand: no cell is a formula. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(',') + '\r\n';
}

/** A cell that would be a formula gets a `'` in front, as spreadsheets write text themselves. */
export function csvCell(value: string): string {
  const shown = showHidden(value);
  const safe = FORMULA_START.test(value) ? `'${shown}` : shown;
  return `"${safe.replaceAll('"', '""')}"`;
}
