import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { KeytrailError } from '../../domain/errors.js';
import { GzipDamage, gunzip, isGzip } from './gunzip.js';

/** Stands for standard input where a file is named. */
export const STANDARD_INPUT = '-';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
};

/** A file that is read once from its beginning, decompressed where it is gzip, whatever its name. */
export class InputFile {
  #bytesRead = 0;

  private constructor(
    /** As the caller named it. */
    readonly name: string,
    /** Bytes of the file as it lies there; unknown for standard input. */
    readonly size: number | undefined,
    private readonly source: AsyncIterable<Uint8Array>,
  ) {}

  /** @throws KeytrailError CLI.FILE_UNREADABLE */
  static async open(name: string, standardInput: AsyncIterable<Uint8Array>): Promise<InputFile> {
    if (name === STANDARD_INPUT) return new InputFile(name, undefined, standardInput);
    try {
      const found = await stat(name);
      if (found.isDirectory()) throw unreadable(name, { code: 'EISDIR' });
      return new InputFile(name, found.isFile() ? found.size : undefined, createReadStream(name));
    } catch (error) {
      throw unreadable(name, error);
    }
  }

  /** Bytes of the file as it lies there that have been read. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /**
   * The decompressed content.
   * @throws KeytrailError CLI.FILE_UNREADABLE with the offset, after everything readable has been given out
   */
  async *content(): AsyncGenerator<Uint8Array> {
    try {
      const chunks = this.#counted()[Symbol.asyncIterator]();
      const { start, rest } = await peek(chunks);
      yield* isGzip(start) ? gunzip(rest) : rest;
    } catch (error) {
      throw unreadable(this.name, error);
    }
  }

  async *#counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.source) {
      this.#bytesRead += chunk.length;
      yield chunk;
    }
  }
}

/** The first two bytes or more, and the whole again. */
async function peek(
  chunks: AsyncIterator<Uint8Array>,
): Promise<{ start: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  let start: Uint8Array = new Uint8Array();
  while (start.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return { start, rest: prepended(start, chunks) };
}

async function* prepended(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield start;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function unreadable(file: string, error: unknown): KeytrailError {
  if (error instanceof KeytrailError) return error;
  if (error instanceof GzipDamage) {
    const reason = error.kind === 'truncated' ? 'the gzip data ends too early' : 'the gzip data is damaged';
    return new KeytrailError('CLI.FILE_UNREADABLE', { file, reason, 'after byte': error.offset });
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return new KeytrailError('CLI.FILE_UNREADABLE', { file, reason: REASONS[code] ?? 'it could not be read' });
}
