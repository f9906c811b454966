import { createGunzip, type Gunzip } from 'node:zlib';

/** What is handed to the decompressor at once: it bounds what a compression bomb gives back at once to some 16 MB. */
const STEP = 16 * 1024;
const MAGIC = [0x1f, 0x8b] as const;

/** A gzip stream that ends too early or is damaged. */
export class GzipDamage extends Error {
  override readonly name = 'GzipDamage';

  constructor(
    readonly kind: 'truncated' | 'damaged',
    /** Bytes of the compressed file before the place. */
    readonly offset: number,
  ) {
    super('the gzip data is damaged');
  }
}

export function isGzip(start: Uint8Array): boolean {
  return start[0] === MAGIC[0] && start[1] === MAGIC[1];
}

/**
 * Decompresses as the bytes come. Everything readable before a damage is given out first; the decompressor's own stream
 * would throw what it holds away.
 * @throws GzipDamage where nothing more can be read
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const run = new GunzipRun();
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += STEP) {
      await run.write(chunk.subarray(from, from + STEP));
      yield* run.take();
    }
  }
  await run.end();
  yield* run.take();
}

/** Pushes pieces through one by one, collecting what comes out of each. */
class GunzipRun {
  readonly #gunzip: Gunzip = createGunzip();
  readonly #closed: Promise<void>;
  #output: Uint8Array[] = [];
  #failure: { readonly code: string | undefined } | undefined;
  #consumed = 0;

  constructor() {
    this.#gunzip.on('data', (piece: Uint8Array) => this.#output.push(piece));
    this.#gunzip.on('error', (error: NodeJS.ErrnoException) => (this.#failure = { code: error.code }));
    this.#closed = new Promise((resolve) => this.#gunzip.once('close', resolve));
  }

  async write(piece: Uint8Array): Promise<void> {
    const written = new Promise<void>((resolve) => this.#gunzip.write(piece, () => setImmediate(resolve)));
    await Promise.race([written, this.#closed]); // after an error `written` never comes
    if (!this.#failure) this.#consumed += piece.length;
  }

  async end(): Promise<void> {
    this.#gunzip.end();
    await this.#closed;
  }

  /** What came out since the last time; then the damage, if there was one. */
  *take(): Generator<Uint8Array> {
    const output = this.#output;
    this.#output = [];
    yield* output;
    if (!this.#failure) return;
    throw new GzipDamage(this.#failure.code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged', this.#consumed);
  }
}
