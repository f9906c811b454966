import { DocumentFace } from './document-face.js';
import { facesFor, hanOrder, plainFace } from './font-families.js';
import { itemise, type Itemised } from './itemisation.js';
import { type PdfKitDocument } from './pdfkit-document.js';
import { staticFont, type StaticFont } from './static-fonts.js';
import { type TextStyle } from './theme.js';

/** The fonts of one document. Only those that its text needs are read and embedded. */
export class FontBook {
  private readonly faces = new Map<string, DocumentFace>();
  private readonly choices = new Map<string, DocumentFace | undefined>();

  constructor(private readonly document: PdfKitDocument) {}

  /** Splits a text into stretches that one face draws, reading fonts as they turn out to be needed. */
  async itemise(text: string, style: TextStyle): Promise<Itemised<DocumentFace>> {
    const plain = this.faceOf(await staticFont(plainFace(style)));
    const scope = `${style.family} ${style.weight} ${String(style.italic)} ${hanOrder(text)[0] ?? ''} `;
    for (;;) {
      const unknown: string[] = [];
      const itemised = itemise(text, plain, (cluster) => {
        if (!this.choices.has(scope + cluster)) unknown.push(cluster);
        return this.choices.get(scope + cluster);
      });
      if (unknown.length === 0) return itemised;
      for (const cluster of unknown) this.choices.set(scope + cluster, await this.choose(cluster, style, text));
    }
  }

  private async choose(cluster: string, style: TextStyle, context: string): Promise<DocumentFace | undefined> {
    const codePoints = Array.from(cluster, (character) => character.codePointAt(0) ?? 0);
    for (const name of facesFor(codePoints[0] ?? 0, style, context)) {
      const font = await staticFont(name);
      if (codePoints.every((codePoint) => font.codePoints.has(codePoint))) return this.faceOf(font);
    }
    return undefined;
  }

  private faceOf(font: StaticFont): DocumentFace {
    let face = this.faces.get(font.name);
    if (face === undefined) {
      face = new DocumentFace(this.document, font);
      this.faces.set(font.name, face);
    }
    return face;
  }
}
