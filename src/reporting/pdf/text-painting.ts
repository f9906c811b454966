import { type PdfReference } from './pdfkit-document.js';
import { type GlyphCluster } from './shaping.js';
import { type Atom, type LaidOutLine } from './text-layout.js';
import { COLOUR, type TextStyle } from './theme.js';

export interface Place {
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
}

/**
 * The content-stream operators that draw a line of text, in the order of reading. Adds the fonts it needs to the
 * page's resources. The page's y axis runs downwards, so the text matrix turns the letters upright again.
 */
export function paintLine(
  line: LaidOutLine,
  place: Place,
  style: TextStyle,
  fonts: Record<string, PdfReference>,
): string {
  const painter = new LinePainter(place, style);
  for (const atom of line.atoms) {
    fonts[atom.face.id] = atom.face.reference;
    painter.add(atom);
  }
  return painter.done();
}

class LinePainter {
  private readonly operators: string[] = ['BT'];
  /** The operand of a pending TJ operator, and where its text ends. */
  private pending = '';
  private end = Number.NaN;
  private font = '';
  private colour = '';

  constructor(
    private readonly place: Place,
    private readonly style: TextStyle,
  ) {}

  add(atom: Atom): void {
    const font = `/${atom.face.id} ${decimal(this.style.size)} Tf`;
    const colour = `${atom.escaped ? COLOUR.escaped : this.style.colour} rg`;
    if (font !== this.font) this.operators.push(...this.flushed(), (this.font = font));
    if (colour !== this.colour) this.operators.push(...this.flushed(), (this.colour = colour));
    if (isSimple(atom)) this.addSimple(atom);
    else this.addPlaced(atom);
  }

  done(): string {
    this.operators.push(...this.flushed(), 'ET');
    return this.operators.join('\n');
  }

  /** Left to right on the baseline: one operator for as many words as follow each other. */
  private addSimple(atom: Atom): void {
    const follows = Math.abs(atom.x - this.end) <= 0.01; // not where the end is unknown, which is NaN
    if (!follows) {
      this.operators.push(...this.flushed(), this.matrix(atom.x, 0));
    }
    const thousandths = 1000 / atom.face.unitsPerEm;
    for (const { text, glyphs } of atom.shaped.clusters) {
      for (const glyph of glyphs) {
        const code = atom.face.codeFor(glyph.id, text);
        const before = -glyph.xOffset * thousandths;
        const after = (atom.face.advanceOf(glyph.id) - glyph.advance + glyph.xOffset) * thousandths;
        this.pending += `${adjustment(before)}<${code}>${adjustment(after)}`;
      }
    }
    this.end = atom.x + (atom.shaped.width * this.style.size) / atom.face.unitsPerEm;
  }

  /** Right to left, or with marks above and below: every glyph at its own place. */
  private addPlaced(atom: Atom): void {
    this.operators.push(...this.flushed());
    const scale = this.style.size / atom.face.unitsPerEm;
    for (const cluster of atom.shaped.clusters) {
      const texts = textsOf(cluster);
      const actual = texts === undefined;
      if (actual) this.operators.push(`/Span <</ActualText <${utf16(cluster.text)}>>> BDC`);
      let { x } = cluster;
      for (const [index, glyph] of cluster.glyphs.entries()) {
        const code = atom.face.codeFor(glyph.id, texts?.[index] ?? '');
        this.operators.push(this.matrix(atom.x + (x + glyph.xOffset) * scale, glyph.yOffset * scale), `<${code}> Tj`);
        x += glyph.advance;
      }
      if (actual) this.operators.push('EMC');
    }
    this.end = Number.NaN;
  }

  private matrix(x: number, rise: number): string {
    return `1 0 0 -1 ${decimal(this.place.x + x)} ${decimal(this.place.y - rise)} Tm`;
  }

  private flushed(): readonly string[] {
    if (this.pending === '') return [];
    const operator = `[${this.pending.replaceAll('><', '')}] TJ`;
    this.pending = '';
    this.end = Number.NaN;
    return [operator];
  }
}

function isSimple(atom: Atom): boolean {
  return (
    !atom.rightToLeft &&
    atom.shaped.clusters.every(({ glyphs }) => glyphs.length === 1 && glyphs.every(({ yOffset }) => yOffset === 0))
  );
}

/**
 * What each glyph of a cluster is read as: the widest as the whole, dots and marks that take no room as nothing.
 * undefined where several glyphs take room: then only the cluster as a whole can be read.
 */
function textsOf({ text, glyphs }: GlyphCluster): readonly string[] | undefined {
  const wide = glyphs.filter(({ advance }) => advance !== 0);
  if (wide.length > 1) return undefined;
  const bearer = wide[0] ?? glyphs[0];
  return glyphs.map((glyph) => (glyph === bearer ? text : ''));
}

function utf16(text: string): string {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'))
    .join('')
    .replace(/^/, 'feff');
}

function adjustment(thousandths: number): string {
  const rounded = Math.round(thousandths);
  return rounded === 0 ? '' : ` ${rounded} `;
}

export function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
