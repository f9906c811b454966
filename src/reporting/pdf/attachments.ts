import { KeytrailError } from '../../domain/errors.js';
import { compressFile, type CompressedFile } from './compressed-file.js';
import { embedFile } from './embed-file.js';
import { type PageFlow } from './page-flow.js';
import { type PdfKitDocument } from './pdfkit-document.js';
import { type Attachment, type Cell, EMBEDDED_BYTES, type EmbeddedAttachment, type Table } from './report-document.js';
import { paintTable } from './table-block.js';
import { paintSectionHeading } from './text-blocks.js';

/**
 * Embeds the files that belong into the PDF. Throws REPORTING.FAILED where a file is not what the report says it is:
 * too large, another length or another SHA-256.
 */
export async function embedAttachments(
  document: PdfKitDocument,
  attachments: readonly Attachment[],
  madeAt: Date,
): Promise<void> {
  for (const attachment of attachments) {
    if (attachment.placement === 'beside') continue;
    embedFile(document, await compressedContent(attachment), { ...attachment, madeAt });
  }
}

async function compressedContent({ content, byteLength, sha256 }: EmbeddedAttachment): Promise<CompressedFile> {
  if (byteLength > EMBEDDED_BYTES) throw new KeytrailError('REPORTING.FAILED', { reason: 'attachment_too_large' });
  const file = await compressFile(content, byteLength);
  if (file.byteLength !== byteLength || file.sha256 !== sha256) {
    throw new KeytrailError('REPORTING.FAILED', { reason: 'attachment_differs' });
  }
  return file;
}

/** The last section: every file of the report, where it is and how to tell that it is the one. */
export async function paintAttachments(flow: PageFlow, attachments: readonly Attachment[]): Promise<void> {
  if (attachments.length === 0) return;
  const section = flow.element(flow.root, 'Sect');
  await paintSectionHeading(flow, section, 'Files of this report');
  await paintTable(flow, section, tableOf(attachments), attachments);
  section.end();
}

function tableOf(attachments: readonly Attachment[]): Table {
  return {
    block: 'table',
    title: 'Files and their SHA-256',
    columns: [
      { header: 'File', weight: 3.4 },
      { header: 'Where', weight: 1.9 },
      { header: 'Rows', weight: 1.3, align: 'right' },
      { header: 'Bytes', weight: 1.6, align: 'right' },
      { header: 'SHA-256', weight: 3.4, font: 'code' },
    ],
    rows: attachments.map((file): readonly Cell[] => [
      [
        { text: file.name, tone: 'strong' },
        { text: file.description, tone: 'muted' },
      ],
      file.placement === 'embedded' ? 'in this PDF' : 'beside this PDF',
      file.rows ?? null,
      file.byteLength,
      file.sha256,
    ]),
    total: attachments.length,
    whenEmpty: '',
  };
}
