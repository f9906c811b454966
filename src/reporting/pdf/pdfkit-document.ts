import PDFDocument from 'pdfkit';
import { ACCESSIBILITY_CLAIM } from './accessibility-claim.js';

/**
 * The parts of pdfkit 0.20 that the writer stands on and that its published types lack. All of them are in one place,
 * because a new version of pdfkit must be checked against this list.
 */
export interface PdfReference {
  readonly data: Record<string, unknown>;
  /** Whether what is written is compressed at the end. */
  compress: boolean;
  write(chunk: string | Uint8Array): void;
  end(chunk?: string): void;
}

/** A font being embedded. A code of the font program is an index into these three lists. */
export interface EmbeddedFont {
  readonly id: string;
  readonly subset: { readonly glyphs: number[] };
  readonly widths: number[];
  readonly unicode: number[][];
  ref(): PdfReference;
}

export interface PdfPage {
  readonly fonts: Record<string, PdfReference>;
  readonly xobjects: Record<string, PdfReference>;
}

export type StructureElement = PDFKit.PDFStructureElement;

type Typed = Pick<
  PDFKit.PDFDocument,
  'addPage' | 'addContent' | 'addStructure' | 'markStructureContent' | 'endMarkedContent' | 'appendXML' | 'on' | 'end'
>;

export interface PdfKitDocument extends Typed {
  readonly page: PdfPage;
  /** The font that `font()` chose last. */
  readonly _font: EmbeddedFont;
  readonly outline: {
    options: { expanded: boolean };
    addItem(title: string, options: { expanded: boolean; top: number; left: number }): unknown;
  };
  ref(data: Record<string, unknown>): PdfReference;
  font(font: object, key: string): unknown;
  struct(tag: string, options?: { readonly scope?: 'Column' | 'Row' }): StructureElement;
  markContent(tag: string, options?: { readonly type?: string; readonly attached?: readonly string[] }): unknown;
  readonly _root: { readonly data: { AF?: PdfReference[] } };
  addNamedEmbeddedFile(name: string, file: PdfReference): void;
}

export interface PdfIdentity {
  readonly title: string;
  readonly producer: string;
  readonly runId: string;
  readonly madeAt: Date;
}

/**
 * A tagged PDF 1.7 that claims PDF/A-3a and PDF/UA-1, without a first page. pdfkit makes the file's identifier (ID in the trailer)
 * from these data, so they are all that decides it.
 */
export function createPdfKitDocument(identity: PdfIdentity): PdfKitDocument {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    autoFirstPage: false,
    font: null as unknown as string, // no standard font: PDF/A forbids fonts that are not embedded
    info: {
      Title: new MetadataText(identity.title) as string,
      Producer: new MetadataText(identity.producer) as string,
      Creator: new MetadataText(identity.producer) as string,
      Keywords: new MetadataText(`run ${identity.runId}`) as string,
      CreationDate: identity.madeAt,
    },
  }) as unknown as PdfKitDocument;
  document.outline.options = { expanded: true }; // without it bookmarks lack /Count, which Preflight calls an error
  document.appendXML(ACCESSIBILITY_CLAIM);
  return document;
}

const XML_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * pdfkit puts the same value into the Info dictionary (by its characters) and, unescaped, into the XMP metadata (by a
 * template string). This one reads differently in the two places.
 */
export class MetadataText extends String {
  override toString(): string {
    return this.valueOf().replaceAll(/[&<>]/g, (character) => XML_ESCAPES[character] ?? character);
  }
}
