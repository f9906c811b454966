import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkerThread } from '../../platform/worker-threads/worker-thread.js';
import { FontCutter } from './font-cutter.js';
import { plainFace } from './font-families.js';
import { asCode, STYLE } from './theme.js';

const ENTRY = new URL('./font-cutter.worker.js', import.meta.url);
const TEXT = plainFace(STYLE.cell);
const CODE = plainFace(asCode(STYLE.cell));
/** Milliseconds: the thread stays as long as a test. */
const LONG = 60_000;

let threads: WorkerThread[];

beforeEach(() => {
  threads = [];
});

afterEach(async () => {
  for (const thread of threads) await thread.kill();
});

function setup(idleMs: number): FontCutter {
  const start = (): WorkerThread => {
    const thread = new WorkerThread(ENTRY, undefined);
    threads.push(thread);
    return thread;
  };
  return new FontCutter(start, idleMs);
}

function kindOf(font: Uint8Array): string {
  return Buffer.from(font.subarray(0, 4)).toString('hex');
}

describe(FontCutter.name, () => {
  it('cuts TrueType, the same each time, in one thread', async () => {
    const sut = setup(LONG);

    const [text, code] = await Promise.all([sut.cut(TEXT), sut.cut(CODE)]);

    expect([text, code].map(kindOf)).toEqual(['00010000', '00010000']);
    expect(await sut.cut(TEXT)).toEqual(text);
    expect(code).not.toEqual(text);
    expect(threads).toHaveLength(1);
  });

  it('ends the thread when there is nothing more to cut, and starts another when there is', async () => {
    const sut = setup(1);

    const first = await sut.cut(TEXT);
    await threads[0]?.exited;

    expect(await sut.cut(TEXT)).toEqual(first);
    expect(threads).toHaveLength(2);
  });

  it('starts another thread after one that ended by itself', async () => {
    const sut = setup(LONG);
    await sut.cut(TEXT);

    await threads[0]?.kill();

    expect(kindOf(await sut.cut(CODE))).toBe('00010000');
    expect(threads).toHaveLength(2);
  });

  it('says when a font can not be cut, and goes on', async () => {
    const sut = setup(LONG);

    await expect(sut.cut({ ...TEXT, slice: 'none-of-this-name' })).rejects.toMatchObject({
      code: 'INTERNAL.UNEXPECTED',
    });

    expect(kindOf(await sut.cut(TEXT))).toBe('00010000');
  });
});
