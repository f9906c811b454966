import { create } from 'fontkit';
import { type EmbeddedFont, type PdfKitDocument, type PdfReference } from './pdfkit-document.js';
import { concatenated, shapeText, type Shaped } from './shaping.js';
import { type StaticFont } from './static-fonts.js';
import { isPlain } from './visible-text.js';

/** Words that repeat (names, actions, stores) are shaped once; a report of unique ids must not fill the memory. */
const REMEMBERED = 4_000;
const LONGEST_REMEMBERED = 24;

/**
 * One font in one document. A glyph gets a code of its own for every text it stands for, so that the text extracted is
 * the text that was given, even where two characters share a glyph.
 */
export class DocumentFace {
  private embeddedFont: EmbeddedFont | undefined;
  private readonly codes = new Map<string, string>();
  private remembered = new Map<string, Shaped>();

  constructor(
    private readonly document: PdfKitDocument,
    private readonly source: StaticFont,
  ) {}

  /** The name of the font in a page's resources. */
  get id(): string {
    return this.embedded.id;
  }

  get reference(): PdfReference {
    return this.embedded.ref();
  }

  /** Only a font that is drawn with becomes part of the document. */
  private get embedded(): EmbeddedFont {
    if (this.embeddedFont === undefined) {
      // A parsed font of its own for each document: fontkit keeps in it what was drawn before.
      const parsed = create(this.source.file);
      Object.defineProperty(parsed, 'postscriptName', { value: this.source.name });
      this.document.font(parsed, this.source.name);
      this.embeddedFont = this.document._font;
    }
    return this.embeddedFont;
  }

  get unitsPerEm(): number {
    return this.source.unitsPerEm;
  }

  has(codePoint: number): boolean {
    return this.source.codePoints.has(codePoint);
  }

  /** The width of `shape`, without the glyphs. */
  widthOf(text: string, rightToLeft: boolean): number {
    if (this.source.monospaced && isPlain(text)) return text.length * this.shape('0', false).width;
    return this.shape(text, rightToLeft).width;
  }

  shape(text: string, rightToLeft: boolean): Shaped {
    const key = rightToLeft ? `<${text}` : `>${text}`;
    const known = this.remembered.get(key);
    if (known !== undefined) return known;
    const shaped =
      this.source.monospaced && text.length > 1 && isPlain(text)
        ? concatenated(Array.from(text, (character) => this.shape(character, false)))
        : shapeText(this.source.font, text, rightToLeft);
    if (text.length <= LONGEST_REMEMBERED && !(this.source.monospaced && text.length > 1)) this.remember(key, shaped);
    return shaped;
  }

  private remember(key: string, shaped: Shaped): void {
    if (this.remembered.size >= REMEMBERED) this.remembered = new Map();
    this.remembered.set(key, shaped);
  }

  /** The width that the PDF gives the glyph by itself, in font units. */
  advanceOf(glyph: number): number {
    return this.source.font.glyphHAdvance(glyph);
  }

  /** The code, as four hex digits, that draws the glyph and is read as the text; '' is read as nothing. */
  codeFor(glyph: number, text: string): string {
    const key = `${String(glyph)} ${text}`;
    let code = this.codes.get(key);
    if (code === undefined) {
      const { subset, widths, unicode } = this.embedded;
      const index = subset.glyphs.push(glyph) - 1;
      widths[index] = (this.advanceOf(glyph) * 1000) / this.unitsPerEm;
      unicode[index] = Array.from(text, (character) => character.codePointAt(0) ?? 0);
      code = index.toString(16).padStart(4, '0');
      this.codes.set(key, code);
    }
    return code;
  }
}
