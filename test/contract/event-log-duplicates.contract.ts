import { describe, expect, it } from '@jest/globals';
import type { EventLog, LogRecord } from '../../src/storage/event-log/event-log.port.js';
import { byPartition, LogModel, readPages, type LogPromise } from './log-model.js';
import { contents, DAY, record, records } from './log-record.js';

/** What a log makes of an id that comes again. */
export function describeDuplicates(promise: LogPromise, setup: () => Promise<EventLog>): void {
  if (promise.duplicatesKnown) describeKnown(setup);
  else describeUnknown(promise, setup);
}

/** A change of bytes under one id, on the partition that the id was on. */
function otherBytes(name: string): LogRecord {
  return { ...record(name), entry: Buffer.from('other bytes') };
}

function describeKnown(setup: () => Promise<EventLog>): void {
  const at = (offset: number, duplicate = false) => ({ duplicate, position: { epoch: 1, partition: 0, offset } });

  describe('knows duplicates', () => {
    it('writes an id once, whenever it comes again, and answers with its position', async () => {
      const sut = await setup();
      await sut.append(records(3));

      expect(await sut.append([record('new'), otherBytes('event-1')])).toEqual([at(3), at(1, true)]);
      expect((await sut.read({ epoch: 1, next: [1] }, 1)).map(contents)).toEqual([contents(record('event-1'))]);
    });

    it('writes an id once within one batch: the first wins', async () => {
      const sut = await setup();

      const answers = await sut.append([record('once'), record('twice'), otherBytes('twice')]);

      expect(answers).toEqual([at(0), at(1), at(1, true)]);
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

      const answers = await sut.append([record('midnight'), record('other'), record('midnight', DAY + away)]);

      expect(answers).toEqual([at(0), at(1), at(0, true)]);
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
  });
}

function describeUnknown(promise: LogPromise, setup: () => Promise<EventLog>): void {
  describe('does not know duplicates', () => {
    it('writes an id that comes again behind the first, on the same partition, and says of neither that it is one', async () => {
      const sut = await setup();
      const model = new LogModel(promise);
      for (const batch of [records(3), [record('new'), otherBytes('event-1')], [otherBytes('new'), record('new')]])
        model.took(batch, await sut.append(batch));

      const copies = (await readPages(sut, 10)).flat().filter(({ id }) => id === record('new').id);

      expect(copies.map(contents)).toEqual([record('new'), otherBytes('new'), record('new')].map(contents));
      expect(new Set(copies.map(({ position }) => position.partition)).size).toBe(1);
      expect(byPartition(await readPages(sut, 10), promise)).toEqual(model.contents);
    });

    it('refuses to be asked for ids', async () => {
      const sut = await setup();
      await sut.append(records(1));

      await expect(sut.find(records(1))).rejects.toMatchObject({ code: 'INTERNAL.UNEXPECTED' });
    });
  });
}
