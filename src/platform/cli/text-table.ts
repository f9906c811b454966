import { showHidden } from '../../domain/hidden-text.js';
import { displayWidth, padToWidth } from './display-width.js';
import { wrapToWidth } from './wrap-text.js';

export interface TableColumn {
  readonly title: string;
  /** Numbers stand right. */
  readonly right?: boolean;
  /**
   * Gives way where the table is wider than the terminal: its least width at the first try, at the second and so on; the
   * last holds for all further ones.
   */
  readonly shrinksTo?: readonly number[];
}

const GAP = '  ';
/** Below this a value beside its title is not worth wrapping. */
const LEAST_VALUE = 20;

/** `2026-11-22 21:47:16`, or day and time below each other. */
export function timeColumn(title: string): TableColumn {
  return { title, shrinksTo: [19, 10] };
}

/**
 * A table as lines of text. Cells may hold anything; an empty one is shown as `-`. With a width it is made to fit: columns
 * that may shrink wrap their cells, and where that is not enough each row stands by itself, a line for each column.
 * Nothing is cut, as the ends of names are what tells them apart. Without a width (a pipe, a file) a row is a line.
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
  if (widths === undefined) return cells.flatMap((row) => [...rowByItself(columns, row, width ?? 0), '']).slice(0, -1);
  return [columns.map(({ title }) => title), ...cells].flatMap((row) => rowLines(columns, row, widths));
}

function shown(cell: string | undefined): string {
  return cell === undefined || cell === '' ? '-' : showHidden(cell);
}

function rowLines(
  columns: readonly TableColumn[],
  row: readonly string[],
  widths: readonly number[],
): readonly string[] {
  const wrapped = row.map((cell, index) => wrapToWidth(cell, widths[index] ?? 0));
  const height = wrapped.reduce((highest, { length }) => Math.max(highest, length), 1);
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((cell, index) => padToWidth(cell[line] ?? '', widths[index] ?? 0, columns[index]?.right))
      .join(GAP)
      .trimEnd(),
  );
}

function rowByItself(columns: readonly TableColumn[], row: readonly string[], width: number): readonly string[] {
  const titles = columns.reduce((widest, { title }) => Math.max(widest, displayWidth(title)), 0);
  const room = Math.max(LEAST_VALUE, width - titles - GAP.length);
  return columns.flatMap(({ title }, index) =>
    wrapToWidth(row[index] ?? '', room).map((line, at) => padToWidth(at === 0 ? title : '', titles) + GAP + line),
  );
}

/** Takes one column's width at a time from whichever shrinking column is the widest. Nothing where no try is enough. */
function fitted(
  columns: readonly TableColumn[],
  natural: readonly number[],
  room: number,
): readonly number[] | undefined {
  const widths = [...natural];
  const tries = columns.reduce((most, { shrinksTo = [] }) => Math.max(most, shrinksTo.length), 0);
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  for (let attempt = 0; attempt < tries && excess > 0; attempt += 1) {
    const least = columns.map((column) => leastWidth(column, attempt));
    for (; excess > 0; excess -= 1) {
      const widest = widestShrinkable(least, widths);
      if (widest === undefined) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
  }
  return excess > 0 ? undefined : widths;
}

/** A title is parted at blanks only. */
function leastWidth({ title, shrinksTo }: TableColumn, attempt: number): number {
  const least = shrinksTo?.[attempt] ?? shrinksTo?.at(-1) ?? Infinity;
  return title.split(' ').reduce((widest, word) => Math.max(widest, displayWidth(word)), least);
}

function widestShrinkable(least: readonly number[], widths: readonly number[]): number | undefined {
  let widest: number | undefined;
  for (const [index, width] of widths.entries()) {
    if (width <= (least[index] ?? Infinity)) continue;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}
