import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { KeytrailError } from '../../../domain/errors.js';
import type { RawBody } from './raw-body.js';

const gunzipAsync = promisify(gunzip);

/** RFC 1952: the two bytes every gzip member begins with. */
export function isGzip(bytes: Buffer): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Opens a gzip body of any number of members; the output is bounded while it is made, so that no bomb goes off. */
export async function decompress(bytes: Buffer, limit: number, tooLarge: () => KeytrailError): Promise<RawBody> {
  try {
    return { bytes: await gunzipAsync(bytes, { maxOutputLength: limit }) };
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    return { bytes, broken: 'gzip' };
  }
}
