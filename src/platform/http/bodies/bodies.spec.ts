import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../../domain/errors.js';
import { BodyBudget } from './body-budget.js';
import { decompress, isGzip } from './decompress.js';
import { readStream } from './read-stream.js';

const tooLarge = () => new KeytrailError('INGESTION.BATCH_TOO_LARGE');
const bounds = { limit: 10, wait: 10_000, tooLarge };
const code = (expected: string) => expect.objectContaining({ code: expected });

describe(BodyBudget.name, () => {
  it('admits what fits, and what is alone', () => {
    const seen: number[] = [];
    const sut = new BodyBudget(10, (reserved) => void seen.push(reserved));

    const first = sut.reserve(50);
    expect(first).toBeDefined();
    expect(sut.reserve(1)).toBeUndefined();
    first?.();
    first?.();
    const second = sut.reserve(6);
    expect(sut.reserve(5)).toBeUndefined();
    expect(sut.reserve(4)).toBeDefined();
    second?.();

    expect(seen).toEqual([50, 0, 6, 10, 4]);
  });
});

describe(readStream.name, () => {
  it('gives the whole body', async () => {
    const stream = new PassThrough();
    const read = readStream(stream, bounds);
    stream.write('12345');
    stream.end('67890');

    expect((await read).toString()).toBe('1234567890');
  });

  it('answers for an oversized body after its end, so that the sender hears it', async () => {
    const stream = new PassThrough();
    const read = readStream(stream, bounds);
    stream.write('x'.repeat(11));
    stream.end('y');

    await expect(read).rejects.toEqual(code('INGESTION.BATCH_TOO_LARGE'));
  });

  it('gives up on a body that does not end', async () => {
    const stream = new PassThrough();
    const read = readStream(stream, bounds);
    for (let index = 0; index < 20; index += 1) stream.write('x'.repeat(10));

    await expect(read).rejects.toEqual(code('INGESTION.BATCH_TOO_LARGE'));
  });

  it('gives up on a slow body', async () => {
    const stream = new PassThrough();
    stream.write('x');

    await expect(readStream(stream, { ...bounds, wait: 5 })).rejects.toEqual(code('REQUEST.TIMEOUT'));
  });

  it('gives up when the sender goes away', async () => {
    const stream = new PassThrough();
    const read = readStream(stream, bounds);
    stream.write('x');
    stream.destroy();

    await expect(read).rejects.toEqual(code('REQUEST.INVALID'));
  });
});

describe(decompress.name, () => {
  it('opens one member or many', async () => {
    const two = Buffer.concat([gzipSync('one '), gzipSync('two')]);

    expect(isGzip(two)).toBe(true);
    expect(await decompress(two, 100, tooLarge)).toEqual({ bytes: Buffer.from('one two') });
  });

  it('stops a bomb at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    expect(bomb.length).toBeLessThan(2_000);

    await expect(decompress(bomb, 10_000, tooLarge)).rejects.toEqual(code('INGESTION.BATCH_TOO_LARGE'));
  });

  it.each([
    ['cut short', gzipSync('some text').subarray(0, -6)],
    ['damaged', Buffer.from(gzipSync('some text')).fill(7, 12, 16)],
    ['no gzip at all', Buffer.from('{}')],
  ])('hands over what is %s as it came', async (_how, bytes) => {
    expect(await decompress(bytes, 100, tooLarge)).toEqual({ bytes, broken: 'gzip' });
  });
});
