import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Decoder from 'kafkajs/src/protocol/decoder.js';
import readBatch from 'kafkajs/src/protocol/recordBatch/v0/decoder.js';
import { crc32c } from './crc32c.js';
import { decodeBatches, type FetchedRecord } from './decode-batches.js';
import { BATCH_OVERHEAD, encodeBatch, messageBytes, type KafkaMessage } from './record-batch.js';

const ORIGIN = { producerId: 4_711n, producerEpoch: 3, firstSequence: 12 };
// A few lengths on both sides of where their own length takes another byte.
const bytes = fc
  .oneof(fc.nat(200), fc.constantFrom(8_191, 8_192, 1_048_576))
  .map((length) => Buffer.alloc(length, length % 251));
const header = fc.record({ name: fc.stringMatching(/^[a-z]{1,140}$/), value: bytes });
const messages = fc.array(fc.record({ key: bytes, value: bytes, headers: fc.array(header, { maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 6,
});

function message(text: string): KafkaMessage {
  return { key: Buffer.from('key'), value: Buffer.from(text), headers: [] };
}

/** In a form that is fast to compare. */
function told({ offset, message }: FetchedRecord): unknown {
  const headers = message?.headers.map(({ name, value }) => `${name}=${hash('sha1', value)}`);
  return [offset, hash('sha1', message?.key ?? ''), hash('sha1', message?.value ?? ''), headers];
}

/** As a broker would have it. */
function stored(batch: Buffer, baseOffset: number): Buffer {
  const copy = Buffer.from(batch);
  copy.writeBigInt64BE(BigInt(baseOffset));
  return copy;
}

describe(encodeBatch.name, () => {
  it('writes what is read again, in no more bytes than were said', () => {
    fc.assert(
      fc.property(messages, (list) => {
        const batch = encodeBatch(list, ORIGIN, 1);

        expect(batch.length).toBeLessThanOrEqual(list.reduce((sum, one) => sum + messageBytes(one), BATCH_OVERHEAD));
        const { records, next } = decodeBatches(stored(batch, 100), 100);
        expect(records.map(told)).toEqual(list.map((message, index) => told({ offset: 100 + index, message })));
        expect(next).toBe(100 + list.length);
      }),
      { numRuns: 30 },
    );
  });

  it('writes what kafkajs reads', async () => {
    const batch = encodeBatch([message('first'), message('second')], ORIGIN, 1_700_000_000_000);

    const { records, ...rest } = await readBatch(new Decoder(stored(batch, 7)));

    expect(rest).toMatchObject({
      producerId: '4711',
      producerEpoch: 3,
      firstSequence: 12,
      firstTimestamp: '1700000000000',
    });
    expect(records.map(({ offset, value }) => [offset, value.toString()])).toEqual([
      ['7', 'first'],
      ['8', 'second'],
    ]);
  });
});

describe(decodeBatches.name, () => {
  const batches = Buffer.concat([
    stored(encodeBatch([message('a'), message('b')], ORIGIN, 1), 10),
    stored(encodeBatch([message('c'), message('d')], ORIGIN, 1), 12),
  ]);
  const offsets = (found: ReturnType<typeof decodeBatches>) =>
    found.records.map(({ offset, message }) => [offset, String(message?.value)]);

  it('begins within a batch, and leaves out what was cut off', () => {
    expect(offsets(decodeBatches(batches, 11))).toEqual([
      [11, 'b'],
      [12, 'c'],
      [13, 'd'],
    ]);
    expect(decodeBatches(batches.subarray(0, -1), 10)).toMatchObject({
      records: [{ offset: 10 }, { offset: 11 }],
      next: 12,
    });
    expect(decodeBatches(Buffer.alloc(0), 10)).toEqual({ records: [], next: 10 });
  });

  it('stops at a batch that is not as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 21, max: batches.length / 2 - 1 }), (at) => {
        const damaged = Buffer.from(batches);
        const place = batches.length / 2 + at;
        damaged[place] = (damaged[place] ?? 0) ^ 0xff;

        expect(offsets(decodeBatches(damaged, 10))).toEqual([
          [10, 'a'],
          [11, 'b'],
          [12, 'undefined'],
        ]);
      }),
    );
  });

  it.each([
    ['compressed', 0x01],
    ['of a transaction’s end', 0x20],
  ])('gives out nothing of a batch that is %s', (_, attributes) => {
    const odd = Buffer.from(batches);
    const half = odd.subarray(odd.length / 2);
    half.writeInt16BE(attributes, 21);
    half.writeUInt32BE(crc32c(half.subarray(21)), 17);

    const found = decodeBatches(odd, 10);

    expect(offsets(found).slice(2)).toEqual(attributes === 1 ? [[12, 'undefined']] : []);
    expect(found.next).toBe(attributes === 1 ? 13 : 14);
  });
});

describe(crc32c.name, () => {
  it('is the checksum of RFC 3720', () => {
    expect(crc32c(Buffer.from('123456789')).toString(16)).toBe('e3069283');
    expect(crc32c(Buffer.alloc(32)).toString(16)).toBe('8a9136aa');
    expect(crc32c(new Uint8Array())).toBe(0);
  });
});
