import { DocumentFace } from './document-face.js';
import { type FaceName, facesFor, hanOrder, plainFace, postscriptName } from './font-families.js';
import { itemise, type Itemised } from './itemisation.js';
import { type PdfKitDocument } from './pdfkit-document.js';
import { staticFont } from './static-fonts.js';
import { type TextStyle } from './theme.js';

/** The fonts of one document. Only those that its text needs are read and embedded. */
export class FontBook {
  private readonly faces = new Map<string, DocumentFace>();
  private readonly choices = new Map<string, DocumentFace | undefined>();

  constructor(private readonly document: PdfKitDocument) {}

  /** Splits a text into stretches that one face draws, reading fonts as they turn out to be needed. */
  async itemise(text: string, style: TextStyle): Promise<Itemised<DocumentFace>> {
    const plain = await this.faceOf(plainFace(style));
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
      const face = await this.faceOf(name);
      if (codePoints.every((codePoint) => face.has(codePoint))) return face;
    }
    return undefined;
  }

  private async faceOf(name: FaceName): Promise<DocumentFace> {
    const key = postscriptName(name);
    let face = this.faces.get(key);
    if (face === undefined) {
      face = new DocumentFace(this.document, await staticFont(name));
      this.faces.set(key, face);
    }
    return face;
  }
}
