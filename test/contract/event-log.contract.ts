import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Appended, EventLog, LogRecord, StoredRecord } from '../../src/storage/event-log/event-log.port.js';
import { contents, DAY, record, records } from './log-record.js';
import { temporaryFolders } from './temporary-folder.js';

const START = { epoch: 1, next: [0] };

/** What every event log owes to those who use it. `open` is called again on the same folder to reopen. */
export function describeEventLog(name: string, open: (folder: string) => Promise<EventLog>): void {
  describe(`event log: ${name}`, () => {
    const newFolder = temporaryFolders();
    const opened: EventLog[] = [];

    const openAt = async (folder: string): Promise<EventLog> => {
      const log = await open(folder);
      opened.push(log);
      return log;
    };
    const setup = (): Promise<EventLog> => openAt(newFolder());

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((log) => log.close()));
    });

    it('answers an append with the next positions, in order', async () => {
      const sut = await setup();

      expect(await sut.append(records(2, 'a'))).toEqual([at(0), at(1)]);
      expect(await sut.append(records(3, 'b'))).toEqual([at(2), at(3), at(4)]);
      expect(await sut.end()).toEqual({ epoch: 1, next: [5] });
    });

    it('begins at offset 0 and takes an empty append as nothing', async () => {
      const sut = await setup();

      expect(await sut.append([])).toEqual([]);
      expect(await sut.end()).toEqual(START);
      expect(await sut.read(START, 10)).toEqual([]);
    });

    it('gives back exactly the bytes it was given', async () => {
      const sut = await setup();
      const bytes = Uint8Array.from({ length: 60_000 }, (_, n) => n % 256);
      const odd: LogRecord[] = [
        { ...record('large'), entry: bytes, encrypted: bytes.slice(0, 30_000) },
        { ...record('bare'), encrypted: new Uint8Array() },
      ];

      await sut.append(odd);

      expect((await sut.read(START, 10)).map(contents)).toEqual(odd.map(contents));
    });

    it('writes an id once, whenever it comes again, and answers with its position', async () => {
      const sut = await setup();
      await sut.append(records(3));
      const changed = { ...record('event-1'), entry: Buffer.from('other bytes') };

      expect(await sut.append([record('new'), changed])).toEqual([at(3), at(1, true)]);
      expect((await sut.read({ epoch: 1, next: [1] }, 1)).map(contents)).toEqual([contents(record('event-1'))]);
    });

    it('writes an id once within one batch: the first wins', async () => {
      const sut = await setup();
      const second = { ...record('twice'), entry: Buffer.from('other bytes') };

      expect(await sut.append([record('once'), record('twice'), second])).toEqual([at(0), at(1), at(1, true)]);
      expect(await sut.end()).toEqual({ epoch: 1, next: [2] });
    });

    it.each([-1, 1])('knows an id from the neighbouring day (%i)', async (away) => {
      const sut = await setup();
      await sut.append([record('midnight')]);

      expect(await sut.append([record('midnight', DAY + away)])).toEqual([at(0, true)]);
      expect(await sut.find([record('midnight', DAY + away)])).toMatchObject({ size: 1 });
    });

    it.each([-1, 1])('knows an id from the neighbouring day (%i) of the same append', async (away) => {
      const sut = await setup();

      expect(await sut.append([record('midnight'), record('other'), record('midnight', DAY + away)])).toEqual([
        at(0),
        at(1),
        at(0, true),
      ]);
    });

    it('finds records by id, and leaves out what is not there', async () => {
      const sut = await setup();
      await sut.append([...records(5), record('without a time', 0)]);

      const found = await sut.find([record('event-3'), record('absent'), record('without a time', 0)]);

      expect([...found.keys()]).toEqual([record('event-3').id, record('without a time').id]);
      expect([...found.values()].map(({ position }) => position.offset)).toEqual([3, 5]);
      expect([...found.values()].map(contents)).toEqual([
        contents(record('event-3')),
        contents(record('without a time')),
      ]);
    });

    it('is read in pages from any point on', async () => {
      const sut = await setup();
      const all = records(25);
      await sut.append(all);

      const pages = await readAll(sut, 7);

      expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 4]);
      expect(pages.flat().map(({ position }) => position.offset)).toEqual(all.map((_, n) => n));
      expect(pages.flat().map(contents)).toEqual(all.map(contents));
    });

    it.each([
      ['of another epoch', { epoch: 2, next: [0] }],
      ['beyond the end', { epoch: 1, next: [4] }],
      ['of a log with more partitions', { epoch: 1, next: [0, 0] }],
    ])('refuses to read from a point %s', async (_, point) => {
      const sut = await setup();
      await sut.append(records(3));

      await expect(sut.read(point, 10)).rejects.toMatchObject({
        code: 'STORAGE.NOT_ON_THIS_LOG',
        facts: { end: '1:0=3' },
      });
    });

    it('keeps what was appended at the same time in one sequence without gaps', async () => {
      const sut = await setup();
      const batches = Array.from({ length: 20 }, (_, n) => records(10, `batch-${n}`));

      const answers = await Promise.all(batches.map((batch) => sut.append(batch)));

      const offsets = answers.flat().map(({ position }) => position.offset);
      expect(offsets.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n));
      const stored = (await readAll(sut, 50)).flat();
      expect(stored.map(contents).sort()).toEqual(batches.flat().map(contents).sort());
    });

    it('keeps everything when it is closed and opened again', async () => {
      const folder = newFolder();
      const first = await openAt(folder);
      await first.append(records(10));
      await first.close();

      const sut = await openAt(folder);

      expect((await sut.read(START, 100)).map(contents)).toEqual(records(10).map(contents));
      expect(await sut.append([record('event-9'), record('later')])).toEqual([at(9, true), at(10)]);
    });

    it('wakes its listeners after an append, until they stop', async () => {
      const sut = await setup();
      let calls = 0;
      const stop = sut.subscribe(() => {
        calls += 1;
      });

      await sut.append(records(3));
      expect(calls).toBe(1);

      stop();
      await sut.append([record('unheard')]);
      expect(calls).toBe(1);
    });

    it('wakes listeners of another connection to the same log', async () => {
      const folder = newFolder();
      const sut = await openAt(folder);
      const reader = await openAt(folder);
      await sut.append(records(1));
      const woken = new Promise<void>((resolve) => {
        reader.subscribe(resolve);
      });

      await sut.append(records(2));

      await woken;
      expect(await reader.end()).toEqual({ epoch: 1, next: [2] });
    });

    it('answers as a plain list would, whatever is appended', async () => {
      const names = fc.array(fc.array(fc.nat(12), { maxLength: 8 }), { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(names, async (batches) => {
          const sut = await setup();
          const model: number[] = [];
          for (const batch of batches) {
            expect(await sut.append(batch.map((name) => record(name)))).toEqual(appendTo(model, batch));
          }
          expect((await readAll(sut, 5)).flat().map(contents)).toEqual(model.map((name) => contents(record(name))));
        }),
        { numRuns: 15 },
      );
    });
  });
}

function at(offset: number, duplicate = false): Appended {
  return { duplicate, position: { epoch: 1, partition: 0, offset } };
}

function appendTo(model: number[], batch: readonly number[]): Appended[] {
  return batch.map((name) => {
    const known = model.indexOf(name);
    return known >= 0 ? at(known, true) : at(model.push(name) - 1);
  });
}

async function readAll(log: EventLog, limit: number): Promise<(readonly StoredRecord[])[]> {
  const pages: (readonly StoredRecord[])[] = [];
  for (let next = 0; ;) {
    const page = await log.read({ epoch: 1, next: [next] }, limit);
    if (page.length === 0) return pages;
    pages.push(page);
    next += page.length;
  }
}
