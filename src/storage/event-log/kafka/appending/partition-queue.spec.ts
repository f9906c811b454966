import { describe, expect, it } from '@jest/globals';
import { BATCH_OVERHEAD } from '../wire/record-batch.js';
import { AppendCall } from './append-call.js';
import { PartitionQueue } from './partition-queue.js';
import type { QueuedRecord } from './queued-record.js';

const IDENTITY = { producerId: 7n, producerEpoch: 0 };
const OTHER = { producerId: 8n, producerEpoch: 0 };
const message = { key: Buffer.alloc(0), value: Buffer.alloc(0), headers: [] };
const ignore = (): void => undefined;

function queueOf(count: number, call = new AppendCall(count, 10)): { sut: PartitionQueue; records: QueuedRecord[] } {
  void call.answer.catch(ignore);
  const sut = new PartitionQueue(0);
  const records = Array.from({ length: count }, (_, index) => ({ call, index, message, bytes: 100 }));
  for (const record of records) sut.add(record);
  return { sut, records };
}

describe(PartitionQueue.name, () => {
  it('cuts by bytes, and never to nothing', () => {
    const { sut, records } = queueOf(4);

    expect(sut.take(BATCH_OVERHEAD + 250, ignore)).toEqual(records.slice(0, 2));
    sut.finish(true);
    expect(sut.take(10, ignore)).toEqual(records.slice(2, 3));
    expect(sut.waitingBytes).toBe(200);
  });

  it('sends what may have been written again as it was, under the same numbers', () => {
    const { sut, records } = queueOf(3);
    const chunk = sut.take(BATCH_OVERHEAD + 200, ignore);
    sut.maybeWritten = true;
    sut.later(0);

    expect(sut.take(1_000, ignore)).toBe(chunk);
    expect(sut.originFor(IDENTITY)).toMatchObject({ firstSequence: 0 });
    sut.finish(true);
    expect(sut.take(1_000, ignore)).toEqual(records.slice(2));
    expect(sut.originFor(OTHER)).toEqual({ ...IDENTITY, firstSequence: 2 });
  });

  it('puts what was not written back before all others, under the same numbers', () => {
    const { sut, records } = queueOf(3);
    sut.take(BATCH_OVERHEAD + 100, ignore);
    sut.originFor(IDENTITY);
    sut.later(0);

    expect(sut.notBefore).toBeGreaterThan(0);
    expect(sut.take(1_000, ignore)).toEqual(records);
    expect(sut.originFor(IDENTITY)).toMatchObject({ firstSequence: 0 });
  });

  it('leaves out what nobody waits for any more, and says so', async () => {
    const ended = new AppendCall(2, 1);
    await ended.answer.catch(ignore);
    const { sut, records } = queueOf(2, ended);
    const dropped: QueuedRecord[] = [];

    expect(sut.take(1_000, (record) => dropped.push(record))).toEqual([]);
    expect(dropped).toEqual(records);
    expect(sut.waitingBytes).toBe(0);
  });

  it('begins with new numbers under a new identity only', () => {
    const { sut } = queueOf(2);
    sut.take(BATCH_OVERHEAD + 100, ignore);
    sut.originFor(IDENTITY);
    sut.finish(true);

    sut.renew();

    expect(sut.originFor(OTHER)).toEqual({ ...OTHER, firstSequence: 0 });
  });

  it('notices an offset that was given out before', () => {
    const { sut } = queueOf(0);

    expect([sut.advance(5, 3), sut.advance(8, 1), sut.advance(8, 1)]).toEqual([true, true, false]);
  });
});
