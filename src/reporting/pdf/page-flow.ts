import { type FontBook } from './font-book.js';
import { type PageFurniture } from './page-furniture.js';
import { type PdfOutput } from './pdf-output.js';
import { type PdfKitDocument, type StructureElement } from './pdfkit-document.js';
import { layOutText, type LaidOutLine, type LaidOutText } from './text-layout.js';
import { decimal, paintLine, type Place } from './text-painting.js';
import { type Colour, PAGE, type TextStyle } from './theme.js';

export interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

/**
 * The pages as they fill from top to bottom. Everything that is drawn belongs to a structure element or is an artifact.
 * A page leaves the memory when the next one begins.
 */
export class PageFlow {
  /** The next free place, from the top of the page. */
  y: number = PAGE.top;
  /** The outermost element of the structure tree. */
  readonly root: StructureElement;
  private pageCount = 0;

  constructor(
    private readonly document: PdfKitDocument,
    private readonly book: FontBook,
    private readonly furniture: PageFurniture,
    private readonly output: PdfOutput,
  ) {
    this.root = document.struct('Document');
    document.addStructure(this.root);
  }

  get pages(): number {
    return this.pageCount;
  }

  get remaining(): number {
    return PAGE.bottom - this.y;
  }

  async startPage(): Promise<void> {
    this.document.addPage();
    this.pageCount += 1;
    this.y = PAGE.top;
    this.artifact(() => {
      this.furniture.paint(this, this.pageCount);
    }, 'Pagination');
    await this.output.drained();
  }

  /** Starts a page unless this much room is left on the present one. */
  async ensure(height: number): Promise<void> {
    if (this.remaining < height) await this.startPage();
  }

  async layOut(text: string, style: TextStyle, width: number): Promise<LaidOutText> {
    return layOutText(await this.book.itemise(text, style), style, width);
  }

  /** A new structure element below `parent`; the caller ends it. */
  element(parent: StructureElement, tag: string, scope?: 'Column' | 'Row'): StructureElement {
    const element = this.document.struct(tag, scope === undefined ? {} : { scope });
    parent.add(element);
    return element;
  }

  /** Draws something that belongs to the element. */
  content(element: StructureElement, tag: string, paint: () => void): void {
    const content = this.document.markStructureContent(tag);
    paint();
    this.document.endMarkedContent();
    element.add(content);
  }

  /** Draws something that is no part of the text: rules, backgrounds, what repeats on every page. */
  artifact(paint: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.document.markContent('Artifact', { type });
    paint();
    this.document.endMarkedContent();
  }

  fill({ x, y, width, height }: Box, colour: Colour): void {
    this.document.addContent(`${colour} rg ${[x, y, width, height].map(decimal).join(' ')} re f`);
  }

  /** Draws a figure by path operators of a content stream. */
  figure(operators: string): void {
    this.document.addContent(`q\n${operators}\nQ`);
  }

  line(line: LaidOutLine, place: Place, style: TextStyle): void {
    if (line.atoms.length > 0) this.document.addContent(paintLine(line, place, style, this.document.page.fonts));
  }

  /** Draws an object that is filled in later, with its origin at the place. */
  stamp(name: string, object: ReturnType<PdfKitDocument['ref']>): void {
    this.document.page.xobjects[name] = object;
    this.document.addContent(`/${name} Do`);
  }

  bookmark(title: string): void {
    this.document.outline.addItem(title, { expanded: true, top: this.y - 12, left: PAGE.width });
  }

  /** Lets the sink take what was made, so that long tables do not pile up. */
  async settled(): Promise<void> {
    await this.output.drained();
  }
}

/** The baseline of a line whose box begins at `top`: the letters stand in the middle of the leading. */
export function baselineOf(top: number, style: TextStyle): number {
  return top + style.leading / 2 + style.size * 0.34;
}
