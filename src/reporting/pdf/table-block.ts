import { KeytrailError } from '../../domain/errors.js';
import { layOutCell } from './cell-layout.js';
import { paintParagraph } from './text-blocks.js';
import { type PageFlow } from './page-flow.js';
import { type StructureElement } from './pdfkit-document.js';
import { type Attachment, type Cell, type Column, PRINTED_ROWS, type Table } from './report-document.js';
import { BODY_ROW, HEADER_ROW, paintRow, type ReadyCell, repeatRow, type Track, tracksOf } from './row-painter.js';
import { captionOf, printedRows } from './table-caption.js';
import { COLOUR, STYLE } from './theme.js';

/** Room for title, caption, header and a first row: a table does not begin where only its title fits. */
const HEAD_ROOM = 96;
const AFTER = 20;

interface Setting {
  readonly flow: PageFlow;
  readonly columns: readonly Column[];
  readonly tracks: readonly Track[];
}

/**
 * Title, caption, header, rows. Reads the rows one by one. Throws REPORTING.FAILED if there are not as many as the
 * caption says: a report never shows less than it claims.
 */
export async function paintTable(
  flow: PageFlow,
  parent: StructureElement,
  table: Table,
  attachments: readonly Attachment[],
): Promise<void> {
  const caption = captionOf(table, attachments);
  await flow.ensure(HEAD_ROOM);
  if (table.total === 0) {
    const block = flow.element(parent, 'Div');
    await paintParagraph(flow, block, { text: table.title, style: STYLE.tableTitle, after: 3 });
    await paintParagraph(flow, block, {
      text: table.whenEmpty,
      style: { ...STYLE.body, colour: COLOUR.soft },
      after: 0,
    });
    block.end();
  } else {
    const element = flow.element(parent, 'Table');
    const head = flow.element(element, 'Caption');
    const after = caption === undefined ? 6 : 1;
    await paintParagraph(flow, head, { text: table.title, style: STYLE.tableTitle, after });
    if (caption !== undefined) await paintParagraph(flow, head, { text: caption, style: STYLE.caption, after: 6 });
    head.end();
    await paintGrid(flow, element, table);
    element.end();
  }
  flow.y += AFTER;
}

async function paintGrid(flow: PageFlow, element: StructureElement, table: Table): Promise<void> {
  const setting = { flow, columns: table.columns, tracks: tracksOf(table.columns) };
  await paintHeader(setting, element);
  const turn = async (): Promise<void> => {
    await flow.startPage();
    await repeatHeader(setting);
  };
  const body = flow.element(element, 'TBody');
  const printed = printedRows(table.total);
  let count = 0;
  for await (const row of table.rows) {
    count += 1;
    if (count > printed) break;
    await paintBodyRow(setting, body, { row, turn });
  }
  body.end();
  const more = table.total > PRINTED_ROWS && count === printed + 1;
  if (count !== printed && !more) throw new KeytrailError('REPORTING.FAILED', { reason: 'row_count_differs' });
}

async function paintBodyRow(
  { flow, columns, tracks }: Setting,
  body: StructureElement,
  { row, turn }: { row: readonly Cell[]; turn: () => Promise<void> },
): Promise<void> {
  if (row.length !== columns.length) throw new KeytrailError('REPORTING.FAILED', { reason: 'cell_count_differs' });
  const element = flow.element(body, 'TR');
  const cells: ReadyCell[] = [];
  for (const [index, track] of tracks.entries()) {
    const setting = { style: STYLE.cell, font: columns[index]?.font ?? 'text', width: track.width };
    const lines = await layOutCell(flow, row[index] ?? null, setting);
    cells.push({ track, lines, tag: 'TD', element: flow.element(element, 'TD') });
  }
  await paintRow(flow, cells, BODY_ROW, turn);
  endRow(element, cells);
}

async function paintHeader(setting: Setting, table: StructureElement): Promise<void> {
  const head = setting.flow.element(table, 'THead');
  const row = setting.flow.element(head, 'TR');
  const cells = (await headerCells(setting)).map((cell): ReadyCell => ({
    ...cell,
    element: setting.flow.element(row, 'TH', 'Column'),
  }));
  await paintRow(setting.flow, cells, HEADER_ROW, () => setting.flow.startPage());
  endRow(row, cells);
  head.end();
}

/** On further pages the header is there for the eye only: a reader of the structure has it once. */
async function repeatHeader(setting: Setting): Promise<void> {
  repeatRow(setting.flow, await headerCells(setting), HEADER_ROW);
}

async function headerCells({ flow, columns, tracks }: Setting): Promise<readonly ReadyCell[]> {
  const cells: ReadyCell[] = [];
  for (const [index, track] of tracks.entries()) {
    const setting = { style: STYLE.header, font: 'text', width: track.width } as const;
    cells.push({ track, tag: 'TH', lines: await layOutCell(flow, columns[index]?.header ?? '', setting) });
  }
  return cells;
}

function endRow(row: StructureElement, cells: readonly ReadyCell[]): void {
  for (const { element } of cells) element?.end();
  row.end();
}
