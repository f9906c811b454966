import { cutToWidth, displayWidth, padToWidth, printable } from './printable.js';

export interface TableColumn {
  readonly title: string;
  /** Numbers stand right. */
  readonly right?: boolean;
  /** Gives way where the table is wider than the terminal, down to this many columns. */
  readonly shrinksTo?: number;
}

const GAP = '  ';

/**
 * A table as lines of text. Cells may hold anything; an empty one is shown as `-`. With a width it is made to fit by
 * cutting the columns that may shrink, each cut shown by an ellipsis; without one (a pipe, a file) nothing is cut.
 */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width?: number,
): readonly string[] {
  const cells = rows.map((row) => columns.map((_, index) => shown(row[index])));
  const natural = columns.map(({ title }, index) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[index] ?? '')), displayWidth(title)),
  );
  const widths = width === undefined ? natural : fitted(columns, natural, width - GAP.length * (columns.length - 1));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => padToWidth(cutToWidth(cell, widths[index] ?? 0), widths[index] ?? 0, columns[index]?.right))
      .join(GAP)
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...cells.map(line)];
}

function shown(cell: string | undefined): string {
  return cell === undefined || cell === '' ? '-' : printable(cell);
}

/** Takes one column's width at a time from whichever shrinking column is the widest. */
function fitted(columns: readonly TableColumn[], natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  for (; excess > 0; excess -= 1) {
    const widest = widestShrinkable(columns, widths);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function widestShrinkable(columns: readonly TableColumn[], widths: readonly number[]): number | undefined {
  let widest: number | undefined;
  for (const [index, { shrinksTo }] of columns.entries()) {
    const width = widths[index] ?? 0;
    if (shrinksTo === undefined || width <= shrinksTo) continue;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}
