import { describe, expect, it } from '@jest/globals';
import type { StoredRecord } from '../../event-log.port.js';
import { KeptRecords } from './kept-records.js';

function list(offset: number, bytes: number): { records: StoredRecord[]; next: number } {
  const nothing = new Uint8Array();
  const position = { epoch: 1, partition: 0, offset };
  const record = { position, id: '', partitionHash: 0, entry: new Uint8Array(bytes), encrypted: nothing };
  return { records: [record], next: offset + 1 };
}

describe(KeptRecords.name, () => {
  it('gives out once what was kept for a point, and for no other', () => {
    const sut = new KeptRecords(100);
    sut.keep(0, 5, list(5, 10));

    expect(sut.take(1, 5)).toBeUndefined();
    expect(sut.take(0, 6)).toBeUndefined();
    expect(sut.take(0, 5)).toMatchObject({ next: 6 });
    expect(sut.take(0, 5)).toBeUndefined();
  });

  it('holds no more bytes than it may: the oldest go', () => {
    const sut = new KeptRecords(100);
    for (const offset of [1, 2, 3]) sut.keep(0, offset, list(offset, 40));

    expect(sut.take(0, 1)).toBeUndefined();
    expect([2, 3].map((offset) => sut.take(0, offset)?.next)).toEqual([3, 4]);
  });
});
