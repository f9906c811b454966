import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflate } from 'node:zlib';

/** A file as it is embedded, and what is told of it. The hashes are of the file itself, in lower-case hexadecimal. */
export interface CompressedFile {
  /** In zlib's form. */
  readonly compressed: Uint8Array;
  readonly byteLength: number;
  readonly sha256: string;
  readonly md5: string;
}

/** Compresses a file piece by piece: in memory it is never whole. Reads nothing beyond `most` bytes but a last piece. */
export async function compressFile(
  content: Uint8Array | { readonly path: string },
  most: number,
): Promise<CompressedFile> {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  const pieces: Buffer[] = [];
  let byteLength = 0;
  await pipeline(
    content instanceof Uint8Array ? Readable.from([content]) : createReadStream(content.path),
    async function* (source: AsyncIterable<Uint8Array>) {
      for await (const piece of source) {
        byteLength += piece.length;
        if (byteLength > most) return;
        sha256.update(piece);
        md5.update(piece);
        yield piece;
      }
    },
    createDeflate(),
    async (compressed: AsyncIterable<Buffer>) => {
      for await (const piece of compressed) pieces.push(piece);
    },
  );
  return { compressed: Buffer.concat(pieces), byteLength, sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}
