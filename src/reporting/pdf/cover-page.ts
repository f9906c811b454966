import { type PageFlow } from './page-flow.js';
import { type ReportDocument } from './report-document.js';
import { paintFacts, paintNote, paintParagraph } from './text-blocks.js';
import { decimal } from './text-painting.js';
import { COLOUR, CONTENT_WIDTH, PAGE, STYLE, type TextStyle } from './theme.js';

const WORDMARK_TOP = 76;
const KIND_TOP = 196;

/** The first page: what this is, whose names it holds, the facts of the run, and what it is not. */
export async function paintCover(flow: PageFlow, report: ReportDocument): Promise<void> {
  const { cover, marking } = report;
  await flow.startPage();
  const page = flow.element(flow.root, 'Sect');
  paintMark(flow);
  flow.y = WORDMARK_TOP;
  await paintParagraph(flow, page, { text: 'Keytrail', style: STYLE.wordmark, indent: 29, after: 0 });
  flow.y = KIND_TOP;
  await paintParagraph(flow, page, { text: cover.kind, style: STYLE.kind, after: 6 });
  flow.bookmark(report.title);
  await paintParagraph(flow, page, { text: report.title, style: STYLE.title, tag: 'H1', after: 6 });
  await paintParagraph(flow, page, { text: cover.subtitle, style: STYLE.subtitle, after: 20 });
  await paintNote(flow, page, { tone: marking.tone, title: marking.text, text: marking.detail });
  flow.y += 22;
  await paintFacts(flow, page, cover.facts);
  flow.y = Math.max(flow.y + 20, PAGE.bottom - (await heightOf(flow, cover.statement)));
  for (const text of cover.statement) {
    await paintParagraph(flow, page, { text, style: STYLE.statement, after: STATEMENT_GAP });
  }
  page.end();
}

const STATEMENT_GAP = 5;

async function heightOf(flow: PageFlow, paragraphs: readonly string[]): Promise<number> {
  const style: TextStyle = STYLE.statement;
  let height = 0;
  for (const text of paragraphs) {
    const { lines } = await flow.layOut(text, style, CONTENT_WIDTH);
    height += lines.length * style.leading + STATEMENT_GAP;
  }
  return height;
}

/** A key whose bit is a trail of marks. */
function paintMark(flow: PageFlow): void {
  const x = PAGE.left + 5;
  const y = WORDMARK_TOP + STYLE.wordmark.leading / 2 + 0.6;
  flow.artifact(() => {
    flow.figure(`${COLOUR.accent} RG 1.9 w ${circle(x, y, 4)} S`);
    flow.fill({ x: x + 4.5, y: y - 0.95, width: 13, height: 1.9 }, COLOUR.accent);
    for (const bit of [10, 13, 16]) flow.fill({ x: x + bit, y, width: 1.5, height: 4.4 }, COLOUR.accent);
  });
}

/** Four Bezier quarters. */
function circle(x: number, y: number, radius: number): string {
  const c = radius * 0.5523;
  const at = (...offsets: readonly number[]): string =>
    offsets.map((offset, index) => decimal((index % 2 === 0 ? x : y) + offset)).join(' ');
  const r = radius;
  return [
    `${at(r, 0)} m`,
    `${at(r, c, c, r, 0, r)} c`,
    `${at(-c, r, -r, c, -r, 0)} c`,
    `${at(-r, -c, -c, -r, 0, -r)} c`,
    `${at(c, -r, r, -c, r, 0)} c`,
  ].join(' ');
}
