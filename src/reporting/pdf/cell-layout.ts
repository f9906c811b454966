import { type PageFlow } from './page-flow.js';
import { type Cell, type CellFont, type CellValue } from './report-document.js';
import { grouped } from './table-caption.js';
import { type LaidOutLine } from './text-layout.js';
import { asCode, asMissing, type TextStyle, toned } from './theme.js';

export const MISSING = 'not recorded';
/** A value that is there but has nothing to see, such as '' or a few spaces. */
export const BLANK = 'blank';

/** A line of a cell, in its own style. */
export interface CellLine {
  readonly line: LaidOutLine;
  readonly style: TextStyle;
}

export interface CellSetting {
  readonly style: TextStyle;
  readonly font: CellFont;
  readonly width: number;
}

/** The lines of a cell, values one below the other. */
export async function layOutCell(flow: PageFlow, cell: Cell, setting: CellSetting): Promise<readonly CellLine[]> {
  const lines: CellLine[] = [];
  for (const value of isList(cell) ? cell : [cell]) {
    const { text, style } = displayed(value, setting);
    const laidOut = await flow.layOut(text, style, setting.width);
    lines.push(...laidOut.lines.map((line) => ({ line, style })));
  }
  return lines;
}

function isList(cell: Cell): cell is readonly CellValue[] {
  return Array.isArray(cell);
}

/** What is printed for a value, and how. */
export function displayed(value: CellValue, { style, font }: CellSetting): { text: string; style: TextStyle } {
  const own = font === 'code' ? asCode(style) : style;
  if (value === null) return { text: MISSING, style: asMissing(style) };
  if (typeof value === 'number') return { text: grouped(value), style: own };
  const text = typeof value === 'string' ? value : value.text;
  if (text.trim() === '') return { text: BLANK, style: asMissing(style) };
  return { text, style: typeof value === 'string' ? own : toned(own, value.tone) };
}
