import type { StoredAttachment } from '../domain/report-run.js';
import type { WrittenFile } from '../files/csv-file.js';
import { EMBEDDED_BYTES, type Attachment } from '../pdf/report-document.js';
import { REPORT_FILE_NAMES, REPORT_FILES, type ReportFile } from '../secret-activity/secret-activity-files.js';

export interface AttachedFiles {
  readonly attachments: readonly Attachment[];
  readonly stored: readonly StoredAttachment[];
}

/**
 * Decides which files go into the PDF: in their order, as long as all of them together stay within 20 MiB. The others lie
 * beside it and are named in it.
 */
export function attachFiles(written: ReadonlyMap<ReportFile, WrittenFile>): AttachedFiles {
  const attachments: Attachment[] = [];
  const stored: StoredAttachment[] = [];
  let embeddedBytes = 0;
  for (const file of REPORT_FILE_NAMES) {
    const found = written.get(file);
    if (!found) continue;
    const { path, sha256, bytes, rows } = found;
    const embedded = embeddedBytes + bytes <= EMBEDDED_BYTES;
    if (embedded) embeddedBytes += bytes;
    const { name, description } = REPORT_FILES[file];
    const facts = { name, description, mime: 'text/csv', sha256, byteLength: bytes, rows };
    attachments.push(
      embedded
        ? { ...facts, placement: 'embedded', relationship: 'Data', content: { path } }
        : { ...facts, placement: 'beside' },
    );
    stored.push({ name, sha256, bytes, rows, embedded });
  }
  return { attachments, stored };
}
