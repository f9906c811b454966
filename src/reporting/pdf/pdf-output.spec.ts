import { createHash } from 'node:crypto';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { PdfOutput } from './pdf-output.js';

describe(PdfOutput.name, () => {
  it('passes every byte on, counted and hashed', async () => {
    const sink = new PassThrough({ highWaterMark: 1024 * 1024 });
    const sut = new PdfOutput(sink);
    const pieces = Array.from({ length: 300 }, (_, at) => Buffer.alloc(1_000, at));

    for (const piece of pieces) sut.accept(piece);
    const written = await sut.finish();

    const all = Buffer.concat(pieces);
    expect(written).toEqual({ bytes: all.length, sha256: createHash('sha256').update(all).digest('hex') });
    expect(Buffer.concat(await sink.toArray()).equals(all)).toBe(true);
  });

  it('waits for a sink that is full', async () => {
    let release: () => void = () => undefined;
    const sink = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => (release = done) });
    const sut = new PdfOutput(sink);
    sut.accept(Buffer.alloc(200_000));
    let drained = false;

    const waiting = sut.drained().then(() => (drained = true));
    await new Promise(setImmediate);
    const early = drained;
    release();
    await waiting;

    expect(early).toBe(false);
  });

  it('does not wait for a sink that has room again', async () => {
    const sink = new PassThrough({ highWaterMark: 1 });
    const sut = new PdfOutput(sink);
    sut.accept(Buffer.alloc(200_000));

    sink.resume(); // drains before anyone asks
    await new Promise(setImmediate);

    await expect(sut.drained()).resolves.toBeUndefined();
  });

  it('throws what the sink threw', async () => {
    const full = new Error('no space');
    const sink = new Writable({
      write: (_chunk, _encoding, done) => {
        done(full);
      },
    });
    const sut = new PdfOutput(sink);

    sut.accept(Buffer.alloc(200_000));

    await expect(sut.drained()).rejects.toBe(full);
  });

  it('does not wait for a sink that was closed', async () => {
    const sink = new Writable({ highWaterMark: 1, write: () => undefined });
    const sut = new PdfOutput(sink);
    sut.accept(Buffer.alloc(200_000));

    const waiting = sut.drained();
    sink.destroy();

    await expect(waiting).rejects.toMatchObject({ code: 'REPORTING.FAILED', facts: { reason: 'sink_closed' } });
  });
});
