import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../test/contract/temporary-folder.js';
import { compressFile } from './compressed-file.js';
import { embedFile } from './embed-file.js';
import { createPdfKitDocument, type PdfKitDocument } from './pdfkit-document.js';

const madeAt = new Date('2026-11-03T08:00:00Z');
const facts = { name: 'events (1).csv', description: 'Every event', relationship: 'Data' } as const;
/** Longer than any piece in which a file is read or compressed, and not all alike. */
const CONTENT = Buffer.from(Array.from({ length: 60_000 }, (_, n) => `${n},${(n * 7919) % 10_007}\n`).join(''));

async function bytesOf(embed: (document: PdfKitDocument) => void): Promise<string> {
  const document = createPdfKitDocument({ title: 'T', producer: 'P', runId: 'r', madeAt });
  const pieces: Uint8Array[] = [];
  document.on('data', (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise((resolve) => document.on('end', resolve));
  embed(document);
  document.addPage();
  document.end();
  await ended;
  return Buffer.concat(pieces).toString('latin1');
}

/** What `embedFile` stands for. */
function byPdfKit(document: PdfKitDocument, content: Uint8Array, type: string): void {
  const whole = document as unknown as { file(content: Uint8Array, options: object): void };
  whole.file(content, { ...facts, type, creationDate: madeAt, modifiedDate: madeAt });
}

describe(embedFile.name, () => {
  const newFolder = temporaryFolders();

  it.each([
    ['a long file', CONTENT, 'text/csv'],
    ['an empty file of another type', Buffer.alloc(0), 'application/vnd.example+json; a=(b)'],
  ])('embeds %s as pdfkit does', async (_, content, mime) => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, content);
    const file = await compressFile({ path }, content.length);
    rmSync(path);

    const embedded = await bytesOf((document) => {
      embedFile(document, file, { ...facts, mime, madeAt });
    });

    expect(
      embedded ===
        (await bytesOf((document) => {
          byPdfKit(document, content, mime);
        })),
    ).toBe(true);
  });
});

describe(compressFile.name, () => {
  it('tells of the file itself', async () => {
    const { byteLength, sha256, md5 } = await compressFile(CONTENT, CONTENT.length);

    const hash = (name: string): string => createHash(name).update(CONTENT).digest('hex');
    expect({ byteLength, sha256, md5 }).toEqual({
      byteLength: CONTENT.length,
      sha256: hash('sha256'),
      md5: hash('md5'),
    });
  });

  it('stops at a file that is longer than it should be', async () => {
    const { byteLength, sha256 } = await compressFile(CONTENT, 10);

    expect(byteLength).toBeGreaterThan(10);
    expect(sha256).toBe(createHash('sha256').digest('hex'));
  });
});
