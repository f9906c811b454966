import { layOutCell } from './cell-layout.js';
import { baselineOf, type PageFlow } from './page-flow.js';
import { type StructureElement } from './pdfkit-document.js';
import { type Fact, type Note } from './report-document.js';
import { ALERT_NOTE, FACT_ROW, NOTE, paintRow, type ReadyCell, type Track } from './row-painter.js';
import { type LaidOutLine } from './text-layout.js';
import { COLOUR, CONTENT_WIDTH, PAGE, STYLE, type TextStyle } from './theme.js';

export interface ParagraphSetting {
  readonly text: string;
  readonly style: TextStyle;
  /** Room below. */
  readonly after: number;
  readonly tag?: 'P' | 'H1' | 'H2' | 'H3';
  readonly indent?: number;
}

/** Draws a paragraph, over as many pages as it needs. */
export async function paintParagraph(
  flow: PageFlow,
  parent: StructureElement,
  setting: ParagraphSetting,
): Promise<void> {
  const { style, tag = 'P', indent = 0 } = setting;
  const { lines } = await flow.layOut(setting.text, style, CONTENT_WIDTH - indent);
  const element = flow.element(parent, tag);
  for (let rest = lines; rest.length > 0;) {
    await flow.ensure(style.leading);
    const count = Math.max(1, Math.floor(flow.remaining / style.leading));
    const part = rest.slice(0, count);
    flow.content(element, tag, () => {
      paintLines(flow, part, { style, x: PAGE.left + indent });
    });
    rest = rest.slice(count);
  }
  element.end();
  flow.y += setting.after;
}

function paintLines(flow: PageFlow, lines: readonly LaidOutLine[], at: { style: TextStyle; x: number }): void {
  for (const line of lines) {
    flow.line(line, { x: at.x, y: baselineOf(flow.y, at.style) }, at.style);
    flow.y += at.style.leading;
  }
}

const SECTION_ROOM = 150;

/** The heading of a section: never at the foot of a page. */
export async function paintSectionHeading(flow: PageFlow, parent: StructureElement, text: string): Promise<void> {
  if (flow.y > PAGE.top) flow.y += 14;
  await flow.ensure(SECTION_ROOM);
  flow.artifact(() => {
    flow.fill({ x: PAGE.left, y: flow.y, width: 26, height: 2.2 }, COLOUR.accent);
  });
  flow.y += 9;
  flow.bookmark(text);
  await paintParagraph(flow, parent, { text, style: STYLE.section, tag: 'H2', after: 9 });
}

export async function paintSubheading(flow: PageFlow, parent: StructureElement, text: string): Promise<void> {
  await flow.ensure(80);
  await paintParagraph(flow, parent, { text, style: STYLE.subheading, tag: 'H3', after: 4 });
}

const NOTE_INDENT = 14;
const NOTE_TRACK: Track = { x: PAGE.left + NOTE_INDENT, width: CONTENT_WIDTH - 2 * NOTE_INDENT, align: 'left' };

/** A remark with a bar at its left; its title carries the meaning of the colour in words. */
export async function paintNote(flow: PageFlow, parent: StructureElement, note: Omit<Note, 'block'>): Promise<void> {
  const alert = note.tone === 'alert';
  const { width } = NOTE_TRACK;
  const title = { style: alert ? STYLE.noteTitleAlert : STYLE.noteTitle, font: 'text', width } as const;
  const text = { style: STYLE.noteText, font: 'text', width } as const;
  const lines = [...(await layOutCell(flow, note.title, title)), ...(await layOutCell(flow, note.text, text))];
  const element = flow.element(parent, 'P');
  await paintRow(flow, [{ track: NOTE_TRACK, tag: 'P', lines, element }], alert ? ALERT_NOTE : NOTE, () =>
    flow.startPage(),
  );
  element.end();
}

const LABELS: Track = { x: PAGE.left, width: 140, align: 'left' };
const VALUES: Track = { x: PAGE.left + 152, width: CONTENT_WIDTH - 152, align: 'left' };

/** Labels and values, as a table without a header: the label is the header of its row. */
export async function paintFacts(flow: PageFlow, parent: StructureElement, facts: readonly Fact[]): Promise<void> {
  const table = flow.element(parent, 'Table');
  for (const { label, value, font = 'text' } of facts) {
    const row = flow.element(table, 'TR');
    const cells: ReadyCell[] = [
      {
        track: LABELS,
        tag: 'TH',
        lines: await layOutCell(flow, label, { style: STYLE.label, font: 'text', width: LABELS.width }),
        element: flow.element(row, 'TH', 'Row'),
      },
      {
        track: VALUES,
        tag: 'TD',
        lines: await layOutCell(flow, value, { style: STYLE.value, font, width: VALUES.width }),
        element: flow.element(row, 'TD'),
      },
    ];
    await paintRow(flow, cells, FACT_ROW, () => flow.startPage());
    for (const { element } of cells) element?.end();
    row.end();
  }
  table.end();
}
