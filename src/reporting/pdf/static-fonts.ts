import { Blob, Face, Font } from 'harfbuzzjs';
import { FontCutter } from './font-cutter.js';
import { type FaceName, postscriptName } from './font-families.js';

/** A font file cut to one weight. Holds nothing of any document, so it may be shared. */
export interface StaticFont {
  readonly name: string;
  /** TrueType, for the PDF. */
  readonly file: Buffer;
  /** For shaping and for advances, in units of `unitsPerEm`. */
  readonly font: Font;
  readonly unitsPerEm: number;
  readonly codePoints: ReadonlySet<number>;
  /** Has one width for every character, and so neither kerns nor joins plain ones. */
  readonly monospaced: boolean;
}

/** Slices of 50 to 150 KB each. A document holds on to its own; this is for the next one. */
const KEPT = 48;

const kept = new Map<string, Promise<StaticFont>>();

const cutter = new FontCutter();

/**
 * Reads a slice of a variable web font and cuts it to its weight (7 to 70 ms the first time; then from memory). PDF
 * knows neither WOFF2 nor variable fonts.
 */
export async function staticFont(face: FaceName): Promise<StaticFont> {
  const name = postscriptName(face);
  const font = kept.get(name) ?? cut(face, name);
  kept.delete(name);
  kept.set(name, font); // most recently used last
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  try {
    return await font;
  } catch (failure) {
    kept.delete(name);
    throw failure;
  }
}

/** fontkit reads the header of a glyph even where it has none, and would run over the end of the file. */
const PADDING = Buffer.alloc(16);

async function cut(face: FaceName, name: string): Promise<StaticFont> {
  const file = Buffer.concat([await cutter.cut(face), PADDING]);
  const shaper = new Face(new Blob(file));
  return {
    name,
    file,
    font: new Font(shaper),
    unitsPerEm: shaper.upem,
    codePoints: new Set(shaper.collectUnicodes()),
    monospaced: face.family === 'source-code-pro',
  };
}
