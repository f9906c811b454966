import { type FontBook } from './font-book.js';
import { type PageFlow } from './page-flow.js';
import { type PdfKitDocument, type PdfReference } from './pdfkit-document.js';
import { type Marking, type ReportDocument } from './report-document.js';
import { layOutText, type LaidOutText } from './text-layout.js';
import { paintLine } from './text-painting.js';
import { clustersOf } from './visible-text.js';
import { COLOUR, CONTENT_WIDTH, PAGE, STYLE, type TextStyle } from './theme.js';

const HEADER_BASELINE = 46;
const FOOTER_RULE = 794;
const FOOTER_BASELINE = 808;
const TITLE_WIDTH = CONTENT_WIDTH * 0.62;

/** What repeats on every page: title and marking above, run and page number below. */
export class PageFurniture {
  /** "Page n of m" of each page: drawn as objects that are filled in when m is known. */
  private readonly numbers: PdfReference[] = [];

  private constructor(
    private readonly document: PdfKitDocument,
    private readonly book: FontBook,
    private readonly texts: { title: LaidOutText; marking: LaidOutText; run: LaidOutText },
  ) {}

  static async prepare(document: PdfKitDocument, book: FontBook, report: ReportDocument): Promise<PageFurniture> {
    const set = async (text: string, style: TextStyle, width: number): Promise<LaidOutText> =>
      layOutText(await book.itemise(text, style), style, width);
    const made = report.madeAt.toISOString().slice(0, 16).replace('T', ' ');
    return new PageFurniture(document, book, {
      title: await fitted(report.title, (text) => set(text, STYLE.furniture, TITLE_WIDTH)),
      marking: await set(report.marking.text, markingStyle(report.marking), CONTENT_WIDTH - TITLE_WIDTH - 12),
      run: await set(`Run ${report.runId}, made ${made} UTC`, STYLE.furniture, CONTENT_WIDTH * 0.75),
    });
  }

  paint(flow: PageFlow, page: number): void {
    const { title, marking, run } = this.texts;
    if (page === 1) flow.fill({ x: 0, y: 0, width: PAGE.width, height: 7 }, COLOUR.accent);
    else {
      paintLines(flow, title, { baseline: HEADER_BASELINE, align: 'left' });
      flow.fill({ x: PAGE.left, y: HEADER_BASELINE + 8, width: CONTENT_WIDTH, height: 0.5 }, COLOUR.rule);
    }
    paintLines(flow, marking, { baseline: HEADER_BASELINE, align: 'right' });
    flow.fill({ x: PAGE.left, y: FOOTER_RULE, width: CONTENT_WIDTH, height: 0.5 }, COLOUR.rule);
    paintLines(flow, run, { baseline: FOOTER_BASELINE, align: 'left' });
    const number = this.document.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, PAGE.width, PAGE.height],
      Resources: { Font: {} },
    });
    this.numbers.push(number);
    flow.stamp('PageNumber', number);
  }

  /** To be called once, when no page follows any more. */
  async finish(): Promise<void> {
    for (const [index, number] of this.numbers.entries()) {
      const text = await this.book.itemise(`Page ${index + 1} of ${this.numbers.length}`, STYLE.furniture);
      const fonts: Record<string, PdfReference> = {};
      for (const line of layOutText(text, STYLE.furniture, CONTENT_WIDTH).lines) {
        number.write(paintLine(line, { x: PAGE.right - line.width, y: FOOTER_BASELINE }, STYLE.furniture, fonts));
      }
      number.data['Resources'] = { Font: fonts };
      number.end();
    }
  }
}

/** The whole text on one line, or as much of its beginning as fits, and then an ellipsis. */
async function fitted(text: string, set: (text: string) => Promise<LaidOutText>): Promise<LaidOutText> {
  let laidOut = await set(text);
  for (const clusters = [...clustersOf(text)]; laidOut.lines.length > 1; clusters.pop()) {
    laidOut = await set(`${clusters.join('').trimEnd()}…`);
  }
  return laidOut;
}

/** The last line stands on the baseline; a marking is never cut, so a long one grows upwards. */
function paintLines(flow: PageFlow, text: LaidOutText, at: { baseline: number; align: 'left' | 'right' }): void {
  for (const [index, line] of text.lines.entries()) {
    const y = at.baseline - (text.lines.length - 1 - index) * text.style.leading;
    flow.line(line, { x: at.align === 'left' ? PAGE.left : PAGE.right - line.width, y }, text.style);
  }
}

export function markingStyle({ tone }: Marking): TextStyle {
  return tone === 'alert' ? STYLE.furnitureAlert : STYLE.furnitureStrong;
}
