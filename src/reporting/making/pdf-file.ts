import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { writePdf, type WrittenPdf } from '../pdf/pdf-writer.js';
import type { ReportDocument } from '../pdf/report-document.js';

/** Writes the report into a new file, readable by the owner alone, and makes it durable. */
export async function writePdfFile(path: string, document: ReportDocument): Promise<WrittenPdf> {
  const written = await writePdf(document, createWriteStream(path, { mode: 0o600 }));
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return written;
}
