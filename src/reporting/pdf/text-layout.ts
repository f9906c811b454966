import { type Levels, levelsOf, visualOrder } from './bidi-order.js';
import { type DocumentFace } from './document-face.js';
import { type Item, type Itemised } from './itemisation.js';
import { breakLines, type Line } from './line-breaking.js';
import { type Shaped } from './shaping.js';
import { type TextStyle } from './theme.js';

/** A word, or a part of one, in one face and one direction. `x` from the start of its line, in points. */
export interface Atom {
  readonly face: DocumentFace;
  readonly shaped: Shaped;
  readonly escaped: boolean;
  readonly rightToLeft: boolean;
  readonly x: number;
}

/** Atoms stand in the order of reading. */
export interface LaidOutLine {
  readonly atoms: readonly Atom[];
  readonly width: number;
}

export interface LaidOutText {
  readonly style: TextStyle;
  readonly lines: readonly LaidOutLine[];
}

interface Source {
  readonly itemised: Itemised<DocumentFace>;
  readonly levels: Levels;
  readonly size: number;
}

/** What will be an atom. `width` in points. */
interface Stretch extends Line {
  readonly item: Item<DocumentFace>;
  readonly level: number;
  readonly width: number;
}

export function layOutText(itemised: Itemised<DocumentFace>, style: TextStyle, width: number): LaidOutText {
  const escaped = itemised.items.filter((item) => item.escaped);
  const levels = levelsOf(itemised.text, style.family === 'code' ? 'ltr' : 'auto', escaped);
  const source = { itemised, levels, size: style.size };
  const measure = {
    stretch: (start: number, end: number) => widthOf(stretchesOf(source, { start, end })),
    character: (cluster: string, start: number) => widthOf(stretchesOf(source, { start, end: start + cluster.length })),
  };
  const lines = breakLines(itemised.text, width, measure).map((line) => placed(source, stretchesOf(source, line)));
  return { style, lines };
}

function widthOf(stretches: readonly Stretch[]): number {
  let width = 0;
  for (const stretch of stretches) width += stretch.width;
  return width;
}

/** Splits a line where the face or the direction changes, and after spaces. */
function stretchesOf(source: Source, line: Line): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const item of source.itemised.items) {
    const end = Math.min(item.end, line.end);
    for (let start = Math.max(item.start, line.start); start < end;) {
      const stretch = stretchFrom(source, item, { start, end });
      stretches.push(stretch);
      start = stretch.end;
    }
  }
  return stretches;
}

function stretchFrom({ itemised: { text }, levels, size }: Source, item: Item<DocumentFace>, line: Line): Stretch {
  const { start } = line;
  const level = levels?.[start] ?? 0;
  let end = start + 1;
  while (end < line.end && (levels?.[end] ?? 0) === level && text[end - 1] !== ' ') end += 1;
  const units = item.face.widthOf(text.slice(start, end), isRightToLeft(level));
  return { item, level, start, end, width: (units * size) / item.face.unitsPerEm };
}

function isRightToLeft(level: number): boolean {
  return level % 2 === 1;
}

function placed({ itemised: { text } }: Source, stretches: readonly Stretch[]): LaidOutLine {
  const positions = new Array<number>(stretches.length).fill(0);
  let x = 0;
  for (const index of visualOrder(stretches.map(({ level }) => level))) {
    positions[index] = x;
    x += stretches[index]?.width ?? 0;
  }
  const atoms = stretches.map(({ item, level, start, end }, index): Atom => {
    const rightToLeft = isRightToLeft(level);
    const shaped = item.face.shape(text.slice(start, end), rightToLeft);
    return { face: item.face, escaped: item.escaped, rightToLeft, shaped, x: positions[index] ?? 0 };
  });
  return { atoms, width: x };
}
