import { type Writable } from 'node:stream';
import { embedAttachments, paintAttachments } from './attachments.js';
import { paintCover } from './cover-page.js';
import { FontBook } from './font-book.js';
import { PageFlow } from './page-flow.js';
import { PageFurniture } from './page-furniture.js';
import { PdfOutput } from './pdf-output.js';
import { createPdfKitDocument, type StructureElement } from './pdfkit-document.js';
import { type Attachment, type Block, type ReportDocument, type Section } from './report-document.js';
import { paintTable } from './table-block.js';
import { paintFacts, paintNote, paintParagraph, paintSectionHeading, paintSubheading } from './text-blocks.js';
import { STYLE } from './theme.js';

/** What was written. */
export interface WrittenPdf {
  readonly bytes: number;
  readonly pages: number;
  /** Lowercase hex, of the whole file. */
  readonly sha256: string;
}

/**
 * Writes a report as PDF 1.7, PDF/A-3a and PDF/UA-1: tagged, all fonts embedded, no date but the run's own. The same
 * document makes the same bytes. Pages and rows leave as they are done, so memory does not grow with the report but
 * for the structure tree (about 1 KB a printed row) and one attachment at a time.
 *
 * Ends the sink. Throws what the sink or the rows throw, and REPORTING.FAILED where the document contradicts itself
 * (`reason` says how); what the sink got until then is no PDF.
 */
export async function writePdf(report: ReportDocument, sink: Writable): Promise<WrittenPdf> {
  const document = createPdfKitDocument(report);
  const output = new PdfOutput(sink);
  document.on('data', output.accept);
  const ended = new Promise<void>((resolve) => document.on('end', resolve));

  await embedAttachments(document, report.attachments, report.madeAt); // first: their memory is free again for the rest
  const book = new FontBook(document);
  const furniture = await PageFurniture.prepare(document, book, report);
  const flow = new PageFlow(document, book, furniture, output);
  await paintCover(flow, report);
  await flow.startPage();
  for await (const section of report.sections) await paintSection(flow, section, report.attachments);
  await paintAttachments(flow, report.attachments);
  await furniture.finish();
  flow.root.end();
  document.end();
  await ended;
  return { ...(await output.finish()), pages: flow.pages };
}

async function paintSection(flow: PageFlow, section: Section, attachments: readonly Attachment[]): Promise<void> {
  const element = flow.element(flow.root, 'Sect');
  await paintSectionHeading(flow, element, section.heading);
  for await (const block of section.blocks) {
    await paintBlock(flow, element, block, attachments);
    await flow.settled();
  }
  element.end();
}

async function paintBlock(
  flow: PageFlow,
  parent: StructureElement,
  block: Block,
  attachments: readonly Attachment[],
): Promise<void> {
  switch (block.block) {
    case 'subheading':
      await paintSubheading(flow, parent, block.text);
      break;
    case 'paragraph':
      await paintParagraph(flow, parent, { text: block.text, style: STYLE.body, after: 9 });
      break;
    case 'facts':
      await paintFacts(flow, parent, block.facts);
      flow.y += 16;
      break;
    case 'note':
      await paintNote(flow, parent, block);
      flow.y += 14;
      break;
    case 'table':
      await paintTable(flow, parent, block, attachments);
      break;
  }
}
