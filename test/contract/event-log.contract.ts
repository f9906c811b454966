import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatLogPoint, type LogPoint } from '../../src/domain/position.js';
import type { Appended, EventLog, LogRecord } from '../../src/storage/event-log/event-log.port.js';
import { describeDuplicates } from './event-log-duplicates.contract.js';
import { byPartition, LogModel, readPages, type LogPromise } from './log-model.js';
import { contents, record, records } from './log-record.js';
import { temporaryFolders } from './temporary-folder.js';

/**
 * What every event log owes to those who use it. `open` is called again on the same folder to reopen; what the log can't
 * do is named in its promise, and the suite holds it to what then is to be expected.
 */
export function describeEventLog(name: string, promise: LogPromise, open: (folder: string) => Promise<EventLog>): void {
  describe(`event log: ${name}`, () => {
    const newFolder = temporaryFolders();
    const opened: EventLog[] = [];
    const start = LogModel.start(promise);

    const openAt = async (folder: string): Promise<EventLog> => {
      const log = await open(folder);
      opened.push(log);
      return log;
    };
    const setup = (): Promise<EventLog> => openAt(newFolder());
    const append = async (log: EventLog, model: LogModel, batch: readonly LogRecord[]): Promise<void> => {
      model.took(batch, await log.append(batch));
    };

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((log) => log.close()));
    });

    it('can do what it promises, and says what it can not', async () => {
      const sut = await setup();

      expect({ ...sut.capabilities, partitions: (await sut.end()).next.length }).toEqual(promise);
    });

    it('answers an append with the next positions, in order', async () => {
      const sut = await setup();
      const model = new LogModel(promise);

      await append(sut, model, records(2, 'a'));
      await append(sut, model, records(3, 'b'));

      expect(await sut.end()).toEqual(model.end);
    });

    it('begins at offset 0 and takes an empty append as nothing', async () => {
      const sut = await setup();

      expect(await sut.append([])).toEqual([]);
      expect(await sut.end()).toEqual(start);
      expect(await sut.read(start, 10)).toEqual([]);
    });

    it('gives back exactly the bytes it was given', async () => {
      const sut = await setup();
      const bytes = Uint8Array.from({ length: 60_000 }, (_, n) => n % 256);
      const odd: LogRecord[] = [
        { ...record('large'), entry: bytes, encrypted: bytes.slice(0, 30_000) },
        { ...record('bare'), encrypted: new Uint8Array() },
      ];

      await sut.append(odd);

      expect((await sut.read(start, 10)).map(contents).sort()).toEqual(odd.map(contents).sort());
    });

    it('takes 5 MiB for one partition in one append, and gives them back in order', async () => {
      const sut = await setup();
      const model = new LogModel(promise);
      const { partitionHash } = record('busy');
      const large = records(1_000, 'large').map((one) => ({
        ...one,
        partitionHash,
        entry: Buffer.alloc(5_243, one.id),
      }));

      await append(sut, model, large);

      expect(byPartition(await readPages(sut, 100), promise)).toEqual(model.contents);
    });

    it('is read in pages from any point on', async () => {
      const sut = await setup();
      const model = new LogModel(promise);
      await append(sut, model, records(25));

      const pages = await readPages(sut, 7);

      if (promise.partitions === 1) expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 4]);
      expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(7);
      expect(byPartition(pages, promise)).toEqual(model.contents);
      const from = model.end.next.map((next) => Math.max(0, next - 2));
      const rest = model.contents.map((list, partition) => list.slice(from[partition]));
      expect(byPartition([await sut.read({ epoch: 1, next: from }, 100)], promise)).toEqual(rest);
    });

    it('is read in the partitions that are asked for, and no others', async () => {
      const sut = await setup();
      const model = new LogModel(promise);
      await append(sut, model, records(25));

      for (const [partition, list] of model.contents.entries()) {
        const found = byPartition(await readPages(sut, 7, [partition]), promise);
        expect(found).toEqual(model.contents.map((_, other) => (other === partition ? list : [])));
      }
      expect(await sut.read(start, 7, [])).toEqual([]);
    });

    it.each<[string, (end: LogPoint) => LogPoint]>([
      ['of another epoch', ({ next }) => ({ epoch: 2, next })],
      ['beyond the end', ({ next }) => ({ epoch: 1, next: next.map((offset) => offset + 1) })],
      ['of a log with more partitions', ({ next }) => ({ epoch: 1, next: [...next, 0] })],
    ])('refuses to read from a point %s', async (_, pointOf) => {
      const sut = await setup();
      await sut.append(records(3));
      const end = await sut.end();

      await expect(sut.read(pointOf(end), 10)).rejects.toMatchObject({
        code: 'STORAGE.NOT_ON_THIS_LOG',
        facts: { end: formatLogPoint(end) },
      });
    });

    it('keeps what was appended at the same time, each batch once and in its order', async () => {
      const sut = await setup();
      const batches = Array.from({ length: 20 }, (_, n) => records(10, `batch-${n}`));

      const answers = await Promise.all(batches.map((batch) => sut.append(batch)));

      const placed = batches.flat().map((one, n) => ({ one, position: answers.flat()[n]?.position }));
      const order = placed.sort((a, b) => (a.position?.offset ?? 0) - (b.position?.offset ?? 0));
      const model = new LogModel(promise);
      for (const { one, position } of order) if (position) model.took([one], [{ duplicate: false, position }]);
      expect(byPartition(await readPages(sut, 50), promise)).toEqual(model.contents);
    });

    it('keeps the order of one key, however many appends are on their way', async () => {
      const sut = await setup();
      const model = new LogModel(promise);
      const { partitionHash } = record('key');
      const batches = Array.from({ length: 60 }, (_, n) =>
        records(1 + (n % 7), `key-${n}`).map((one) => ({ ...one, partitionHash })),
      );

      const appends: Promise<readonly Appended[]>[] = [];
      for (const [n, batch] of batches.entries()) {
        appends.push(sut.append(batch));
        if (n % 3 === 0) await nextTurn();
      }

      model.took(batches.flat(), (await Promise.all(appends)).flat());
      expect(byPartition(await readPages(sut, 50), promise)).toEqual(model.contents);
    });

    it('keeps everything when it is closed and opened again', async () => {
      const folder = newFolder();
      const model = new LogModel(promise);
      const first = await openAt(folder);
      await append(first, model, records(10));
      await first.close();

      const sut = await openAt(folder);

      expect(byPartition([await sut.read(start, 100)], promise)).toEqual(model.contents);
      await append(sut, model, [record('event-9'), record('later')]);
      expect(await sut.end()).toEqual(model.end);
    });

    it('wakes its listeners after an append, until they stop', async () => {
      const sut = await setup();
      let calls = 0;
      const stop = sut.subscribe(() => {
        calls += 1;
      });

      await sut.append([record('heard')]);
      expect(calls).toBe(1);

      stop();
      await sut.append([record('unheard')]);
      expect(calls).toBe(1);
    });

    it('wakes listeners of another connection to the same log within a second', async () => {
      const folder = newFolder();
      const sut = await openAt(folder);
      const reader = await openAt(folder);
      await sut.append(records(1));
      await reader.end();
      const woken = new Promise<void>((resolve) => {
        reader.subscribe(resolve);
      });
      const began = performance.now();

      await sut.append(records(2));

      await woken;
      expect(performance.now() - began).toBeLessThan(1_000);
      expect(await reader.end()).toEqual(await sut.end());
    });

    it('answers as a plain list would, whatever is appended', async () => {
      const names = fc.array(fc.array(fc.nat(12), { maxLength: 8 }), { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(names, async (batches) => {
          const sut = await setup();
          const model = new LogModel(promise);
          for (const batch of batches)
            await append(
              sut,
              model,
              batch.map((name) => record(name)),
            );
          expect(byPartition(await readPages(sut, 5), promise)).toEqual(model.contents);
        }),
        { numRuns: 15 },
      );
    });

    describeDuplicates(promise, setup);
  });
}
