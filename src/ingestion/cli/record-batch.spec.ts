import { describe, expect, it } from '@jest/globals';
import { BATCH_LIMITS, RecordBatch, type CountedRecord } from './record-batch.js';

function item(text: string, place: { line: number; byte: number }, before = 0): CountedRecord {
  const bytes = Buffer.from(text);
  return { record: { bytes, length: bytes.length, depth: 1, ...place }, before };
}

function batch(...items: readonly CountedRecord[]): RecordBatch {
  const sut = new RecordBatch();
  for (const one of items) sut.add(one);
  return sut;
}

describe(RecordBatch.name, () => {
  it('sends the lines of a file as they are', () => {
    const sut = batch(item('{"a":1}', { line: 3, byte: 20 }), item('{"b":2}', { line: 4, byte: 28 }));

    expect(Buffer.from(sut.body()).toString()).toBe('{"a":1}\n{"b":2}');
    expect(sut.headers('log/1 é.json')).toEqual({
      'keytrail-file': 'log%2F1%20%C3%A9.json',
      'keytrail-file-line': '3',
      'keytrail-file-byte': '20',
    });
  });

  it('tells where records lie whose places do not follow from the body', () => {
    const sut = batch(
      item('{\n"a":1\n}', { line: 2, byte: 4 }),
      item('{"b":2}', { line: 5, byte: 15 }),
      item('{"c":3}', { line: 5, byte: 22 }),
    );

    expect(Buffer.from(sut.body()).toString()).toBe('{ "a":1 }\n{"b":2}\n{"c":3}');
    expect(sut.headers('x')).toMatchObject({ 'keytrail-file-steps': '3:11,0:7' });
  });

  it('tells which records repeat an earlier one', () => {
    const place = { line: 1, byte: 0 };
    const sut = batch(item('{}', place), item('{}', place, 1), item('{}', place, 2));

    expect(sut.headers('x')).toMatchObject({ 'keytrail-repeated': '1=1,2=2' });
  });

  it('tells place and length of records that no request could hold', () => {
    const { bytes: _, ...place } = item('x'.repeat(20), { line: 2, byte: 8 }).record;
    const sut = batch(item('{"a":1}', { line: 1, byte: 0 }), { record: place, before: 0 });
    sut.add(item('{"c":3}', { line: 3, byte: 29 }));

    expect(Buffer.from(sut.body()).toString()).toBe('{"a":1}\nnull\n{"c":3}');
    expect(sut.headers('x')).toMatchObject({ 'keytrail-too-long': '1=20', 'keytrail-file-steps': '1:8,1:21' });
  });

  it('names the dead letters that are tried again', () => {
    const sut = batch({ ...item('{}', { line: 1, byte: 0 }), retries: 'one' });

    expect(sut.headers('x')).toMatchObject({ 'keytrail-retries': 'one' });
  });

  it('holds what one request may hold, in records, bytes and headers', () => {
    const fill = (one: (index: number) => CountedRecord): RecordBatch => {
      const sut = new RecordBatch();
      for (let index = 0; sut.fits(one(index)); index += 1) sut.add(one(index));
      return sut;
    };
    const large = 'x'.repeat(1024 * 1024);

    expect(fill((index) => item('{}', { line: index, byte: index * 3 })).records).toHaveLength(BATCH_LIMITS.records);
    expect(fill((index) => item(large, { line: index, byte: 0 })).records).toHaveLength(4);
    const stepping = fill((index) => item('{}', { line: index * 7, byte: index * 5_000_000 }, 1));
    expect(JSON.stringify(stepping.headers('x')).length).toBeLessThan(8_000);
    expect(new RecordBatch().fits(item('x'.repeat(BATCH_LIMITS.bytes * 2), { line: 1, byte: 0 }))).toBe(true);
  });

  it('can be halved', () => {
    const sut = batch(...[1, 2, 3].map((line) => item(`{"n":${line}}`, { line, byte: line })));

    expect(sut.halves().map(({ records }) => records.length)).toEqual([2, 1]);
  });
});
