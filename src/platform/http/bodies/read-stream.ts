import type { Readable } from 'node:stream';
import { KeytrailError } from '../../../domain/errors.js';

export interface ReadBounds {
  /** Bytes. */
  readonly limit: number;
  /** Milliseconds. */
  readonly wait: number;
  readonly tooLarge: () => KeytrailError;
}

/** Bytes of an oversized body that are read and thrown away, so that the sender lives to see the answer. */
const DISCARD_FACTOR = 8;

/**
 * Collects a body within bounds of size and time.
 * @throws KeytrailError `tooLarge`, REQUEST.TIMEOUT, REQUEST.INVALID when the sender went away
 */
export function readStream(stream: Readable, bounds: ReadBounds): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    const settle = (conclude: () => void): void => {
      clearTimeout(timer);
      stream.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      conclude();
    };
    const fail = (error: KeytrailError): void => {
      chunks = [];
      settle(() => {
        reject(error);
      });
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= bounds.limit) chunks.push(chunk);
      else if (length > bounds.limit * DISCARD_FACTOR) fail(bounds.tooLarge());
      else chunks = [];
    };
    const onEnd = (): void => {
      if (length > bounds.limit) fail(bounds.tooLarge());
      else {
        settle(() => {
          resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length));
        });
      }
    };
    const onGone = (): void => {
      fail(new KeytrailError('REQUEST.INVALID', { errors: ['the body ended before its end'] }));
    };
    const timer = setTimeout(() => {
      fail(length > bounds.limit ? bounds.tooLarge() : new KeytrailError('REQUEST.TIMEOUT', { waitMs: bounds.wait }));
    }, bounds.wait);
    stream.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
    stream.resume();
  });
}
