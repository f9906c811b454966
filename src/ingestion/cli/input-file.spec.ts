import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { KeytrailError } from '../../domain/errors.js';
import { InputFile, STANDARD_INPUT } from './input-file.js';

const folder = mkdtempSync(join(tmpdir(), 'keytrail-input-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const LINES = Array.from({ length: 20_000 }, (_, number) => `{"n":${number},"x":"${'y'.repeat(number % 50)}"}\n`).join(
  '',
);

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(name: string, input: readonly Uint8Array[] = []) {
  const sut = await InputFile.open(name, ReadableStream.from(input));
  const chunks: Uint8Array[] = [];
  let error: unknown;
  try {
    for await (const chunk of sut.content()) chunks.push(Buffer.from(chunk));
  } catch (thrown) {
    error = thrown;
  }
  return { text: Buffer.concat(chunks).toString(), error, sut };
}

describe(InputFile.name, () => {
  it('reads a plain and a compressed file alike, whatever its name', async () => {
    const plain = await read(file('plain.log', LINES));
    const packed = await read(file('packed.log', Buffer.concat([gzipSync(LINES), gzipSync('{"last":1}')])));

    expect(plain.text).toBe(LINES);
    expect(packed.text).toBe(`${LINES}{"last":1}`);
    expect(packed.sut.bytesRead).toBe(packed.sut.size);
  });

  it('reads standard input, in whatever pieces it comes', async () => {
    const packed = gzipSync('{"a":1}');
    const pieces = [packed.subarray(0, 1), packed.subarray(1, 7), packed.subarray(7)];

    expect(await read(STANDARD_INPUT, pieces)).toMatchObject({ text: '{"a":1}', error: undefined });
    expect(await read(STANDARD_INPUT, [])).toMatchObject({ text: '', error: undefined });
    expect(await read(STANDARD_INPUT, [Buffer.from('x')])).toMatchObject({ text: 'x' });
  });

  it('gives out what was readable of a compressed file that ends too early, then says so', async () => {
    const packed = gzipSync(LINES);
    const { text, error } = await read(file('cut.gz', packed.subarray(0, packed.length / 2)));

    expect(LINES.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(LINES.length / 3);
    expect(error).toMatchObject({ code: 'CLI.FILE_UNREADABLE', facts: { reason: 'the gzip data ends too early' } });
  });

  it('says where a compressed file is damaged', async () => {
    const packed = gzipSync(LINES, { level: 1 });
    packed.fill(0xff, 40_000, 40_400);
    const { text, error } = await read(file('bad.gz', packed));

    expect(text.startsWith('{"n":0,')).toBe(true);
    expect(error).toMatchObject({ code: 'CLI.FILE_UNREADABLE', facts: { reason: 'the gzip data is damaged' } });
    const offset = (error as KeytrailError).facts['after byte'];
    expect(offset).toBeGreaterThanOrEqual(32_768);
    expect(offset).toBeLessThan(packed.length);
  });

  it('says why a file cannot be read', async () => {
    const missing = join(folder, 'missing');

    await expect(read(missing)).rejects.toMatchObject({ facts: { file: missing, reason: 'there is no such file' } });
    await expect(read(folder)).rejects.toMatchObject({ facts: { reason: 'it is a folder' } });
  });
});
