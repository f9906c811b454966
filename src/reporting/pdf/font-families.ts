import { createRequire } from 'node:module';
import { FontSlices } from './font-slices.js';
import { type TextStyle, type Weight } from './theme.js';

const require = createRequire(import.meta.url);

/** The families, by the name of their package below @fontsource-variable/. All are under the SIL Open Font License. */
type Family = 'source-sans-3' | 'source-code-pro' | ScriptFamily | HanFamily;
type ScriptFamily = 'noto-sans-hebrew' | 'noto-sans-arabic' | 'noto-sans-devanagari';
type HanFamily = 'noto-sans-sc' | 'noto-sans-jp' | 'noto-sans-kr';

/** One file of one family, cut to one weight. */
export interface FaceName {
  readonly family: Family;
  readonly slice: string;
  readonly weight: Weight;
  readonly italic: boolean;
}

const SCRIPTS: readonly ScriptFamily[] = ['noto-sans-hebrew', 'noto-sans-arabic', 'noto-sans-devanagari'];

const KANA = /[\p{sc=Hira}\p{sc=Kana}]/u;
const HANGUL = /\p{sc=Hang}/u;

const slices = new Map<Family, FontSlices>();

/** The face of plain text, which the `\u{...}` notation is set in too. */
export function plainFace(style: TextStyle): FaceName {
  return { family: style.family === 'code' ? 'source-code-pro' : 'source-sans-3', slice: 'latin', ...cutOf(style) };
}

/**
 * The faces to try for a character, best first. One Han character is drawn differently in Chinese, Japanese and
 * Korean; the rest of the text tells which is meant, and without a sign of it Chinese comes first as it has most.
 */
export function* facesFor(codePoint: number, style: TextStyle, context: string): Generator<FaceName> {
  const own: Family[] = style.family === 'code' ? ['source-code-pro', 'source-sans-3'] : ['source-sans-3'];
  const { weight, italic } = cutOf(style);
  for (const family of [...own, ...SCRIPTS, ...hanOrder(context)]) {
    for (const slice of slicesOf(family).claiming(codePoint)) {
      yield { family, slice, weight, italic: italic && family === 'source-sans-3' };
    }
  }
}

export function hanOrder(context: string): readonly HanFamily[] {
  if (KANA.test(context)) return ['noto-sans-jp', 'noto-sans-sc', 'noto-sans-kr'];
  if (HANGUL.test(context)) return ['noto-sans-kr', 'noto-sans-sc', 'noto-sans-jp'];
  return ['noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr'];
}

/** The name that the face has in the PDF: unique for each file and weight. */
export function postscriptName({ family, slice, weight, italic }: FaceName): string {
  const words = [...family.split('-'), slice, weight === 600 ? 'semibold' : 'regular', ...(italic ? ['italic'] : [])];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

export function pathOf({ family, slice, italic }: FaceName): string {
  return require.resolve(
    `@fontsource-variable/${family}/files/${family}-${slice}-wght-${italic ? 'italic' : 'normal'}.woff2`,
  );
}

function cutOf(style: TextStyle): { readonly weight: Weight; readonly italic: boolean } {
  return { weight: style.weight, italic: style.italic === true && style.family === 'text' };
}

function slicesOf(family: Family): FontSlices {
  let known = slices.get(family);
  if (known === undefined) {
    known = new FontSlices(require(`@fontsource-variable/${family}/unicode.json`) as Record<string, string>);
    slices.set(family, known);
  }
  return known;
}
