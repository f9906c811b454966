import { type CellLine } from './cell-layout.js';
import { baselineOf, type PageFlow } from './page-flow.js';
import { type StructureElement } from './pdfkit-document.js';
import { type Colour, COLOUR, PAGE } from './theme.js';

/** A column's place on the page, padding left out. */
export interface Track {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** A cell that is ready to be drawn, and the element that it belongs to; none for a row that repeats. */
export interface ReadyCell {
  readonly track: Track;
  readonly lines: readonly CellLine[];
  readonly tag: 'TH' | 'TD' | 'P';
  readonly element?: StructureElement;
}

export interface RowShape {
  readonly padding: number;
  readonly background?: Colour;
  /** Drawn below the row. */
  readonly rule?: Colour;
  /** Drawn at its left. */
  readonly bar?: Colour;
}

export const CELL_PADDING = 6;

interface ColumnShape {
  readonly weight: number;
  readonly align?: 'left' | 'right';
}

/** Shares the width of the page between columns by weight. */
export function tracksOf(columns: readonly ColumnShape[]): readonly Track[] {
  const sum = columns.reduce((total, { weight }) => total + weight, 0);
  let left: number = PAGE.left;
  return columns.map(({ weight, align = 'left' }) => {
    const width = ((PAGE.right - PAGE.left) * weight) / sum;
    const track = { x: left + CELL_PADDING, width: width - 2 * CELL_PADDING, align };
    left += width;
    return track;
  });
}

export function heightOf(cells: readonly ReadyCell[], { padding }: RowShape): number {
  return Math.max(0, ...cells.map(({ lines }) => stackHeight(lines))) + 2 * padding;
}

function stackHeight(lines: readonly CellLine[]): number {
  return lines.reduce((sum, { style }) => sum + style.leading, 0);
}

/** Below this a row that needs more than a page begins on the next one. */
const TOO_LITTLE = 90;

/**
 * Draws a row and goes on below it. A row that this page has no room for begins on the next one; a row higher than a
 * page is parted between lines. `turn` starts a page and repeats the header.
 */
export async function paintRow(
  flow: PageFlow,
  cells: readonly ReadyCell[],
  shape: RowShape,
  turn: () => Promise<void>,
): Promise<void> {
  const height = heightOf(cells, shape);
  const fitsOnPage = height < PAGE.bottom - PAGE.top - TOO_LITTLE;
  if (height > flow.remaining && (fitsOnPage || flow.remaining < TOO_LITTLE)) await turn();
  let rest = cells;
  for (;;) {
    const room = flow.remaining - 2 * shape.padding;
    const parts = rest.map(({ lines }) => fitting(lines, room));
    paintPart(
      flow,
      rest.map((cell, index) => ({ ...cell, lines: cell.lines.slice(0, parts[index]) })),
      shape,
    );
    rest = rest.map((cell, index) => ({ ...cell, lines: cell.lines.slice(parts[index]) }));
    if (rest.every(({ lines }) => lines.length === 0)) return;
    await turn();
  }
}

/** How many lines there is room for; at least one, so that painting ends. */
function fitting(lines: readonly CellLine[], room: number): number {
  let height = 0;
  let count = 0;
  for (const { style } of lines) {
    height += style.leading;
    if (height > room && count > 0) break;
    count += 1;
  }
  return count;
}

/** Draws a row for the eye only, as a header on further pages. */
export function repeatRow(flow: PageFlow, cells: readonly ReadyCell[], shape: RowShape): void {
  flow.artifact(() => {
    paintPart(flow, cells, shape);
  }, 'Pagination');
}

function paintPart(flow: PageFlow, cells: readonly ReadyCell[], shape: RowShape): void {
  const height = heightOf(cells, shape);
  const box = { x: PAGE.left, y: flow.y, width: PAGE.right - PAGE.left };
  const ground = (): void => {
    if (shape.background !== undefined) flow.fill({ ...box, height }, shape.background);
    if (shape.rule !== undefined) flow.fill({ ...box, y: flow.y + height - 0.5, height: 0.5 }, shape.rule);
    if (shape.bar !== undefined) flow.fill({ ...box, width: 2.6, height }, shape.bar);
  };
  if (cells.some(({ element }) => element === undefined)) ground();
  else flow.artifact(ground);
  for (const cell of cells) {
    const paint = (): void => {
      paintCell(flow, cell, flow.y + shape.padding);
    };
    if (cell.element === undefined) paint();
    else if (cell.lines.length > 0) flow.content(cell.element, cell.tag, paint);
  }
  flow.y += height;
}

function paintCell(flow: PageFlow, { track, lines }: ReadyCell, top: number): void {
  let y = top;
  for (const { line, style } of lines) {
    const x = track.align === 'right' ? track.x + track.width - line.width : track.x;
    flow.line(line, { x, y: baselineOf(y, style) }, style);
    y += style.leading;
  }
}

export const BODY_ROW: RowShape = { padding: 3.4, rule: COLOUR.hairline };
export const HEADER_ROW: RowShape = { padding: 4, background: COLOUR.shade, rule: COLOUR.rule };
export const FACT_ROW: RowShape = { padding: 4, rule: COLOUR.hairline };
export const NOTE: RowShape = { padding: 8, background: COLOUR.shade, bar: COLOUR.accent };
export const ALERT_NOTE: RowShape = { padding: 8, background: COLOUR.alertShade, bar: COLOUR.alert };
