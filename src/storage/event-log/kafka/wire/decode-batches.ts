import { crc32c } from './crc32c.js';
import { BATCH_OVERHEAD, type KafkaHeader, type KafkaMessage } from './record-batch.js';

/** What stands at an offset: a record, or bytes that can't be read as one. Without a value a record is no entry. */
export interface FetchedRecord {
  readonly offset: number;
  readonly message?: Omit<KafkaMessage, 'key' | 'value'> & {
    readonly key: Buffer | undefined;
    readonly value: Buffer | undefined;
  };
}

export interface FetchedRecords {
  readonly records: readonly FetchedRecord[];
  /** The offset behind what was read, records that are none of ours to see (transaction markers) included. */
  readonly next: number;
}

const COMPRESSION = 0x07;
const CONTROL = 0x20;

/**
 * Reads the batches of one partition's answer, views on its bytes, from the given offset on. Each batch's checksum is
 * tested: a broker does not do so when it reads. A batch that is damaged or packed in a way that is not ours becomes one
 * unreadable record at its first offset, and ends the reading. A batch cut off at the end of the answer is left out.
 */
export function decodeBatches(bytes: Buffer, from: number): FetchedRecords {
  const records: FetchedRecord[] = [];
  let next = from;
  for (let at = 0; at + BATCH_OVERHEAD <= bytes.length;) {
    const end = at + 12 + bytes.readInt32BE(at + 8);
    if (end > bytes.length) break;
    const batch = bytes.subarray(at, end);
    const base = Number(batch.readBigInt64BE(0));
    if (!isReadable(batch)) return unreadable(records, Math.max(base, from));
    next = Math.max(next, base + batch.readInt32BE(23) + 1);
    if (!isControl(batch) && !readRecords(batch, base, from, records)) return unreadable(records, Math.max(base, from));
    at = end;
  }
  return { records, next };
}

function unreadable(before: readonly FetchedRecord[], offset: number): FetchedRecords {
  return { records: [...before.filter((record) => record.offset < offset), { offset }], next: offset + 1 };
}

function isReadable(batch: Buffer): boolean {
  if (batch.length < BATCH_OVERHEAD || batch.readInt8(16) !== 2) return false;
  return batch.readUInt32BE(17) === crc32c(batch.subarray(21)) && (batch.readInt16BE(21) & COMPRESSION) === 0;
}

function isControl(batch: Buffer): boolean {
  return (batch.readInt16BE(21) & CONTROL) !== 0;
}

/** False when the bytes are no records after all. */
function readRecords(batch: Buffer, base: number, from: number, into: FetchedRecord[]): boolean {
  const reader = new VarintReader(batch, BATCH_OVERHEAD);
  try {
    for (let left = batch.readInt32BE(57); left > 0; left -= 1) {
      const end = reader.varint() + reader.at;
      reader.skip(1); // attributes
      reader.varint(); // timestamp
      const offset = base + reader.varint();
      if (offset >= from) into.push({ offset, message: readMessage(reader) });
      reader.at = end;
    }
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function readMessage(reader: VarintReader): NonNullable<FetchedRecord['message']> {
  const key = reader.bytes();
  const value = reader.bytes();
  const headers: KafkaHeader[] = [];
  for (let left = reader.varint(); left > 0; left -= 1) {
    const name = reader.bytes()?.toString('latin1') ?? '';
    headers.push({ name, value: reader.bytes() ?? Buffer.alloc(0) });
  }
  return { key, value, headers };
}

/** Reads within its bytes, or throws a RangeError. */
class VarintReader {
  constructor(
    private readonly source: Buffer,
    public at: number,
  ) {}

  skip(count: number): void {
    this.at += count;
  }

  /** Up to 53 bits, of which a timestamp takes some. */
  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.source[this.at];
      if (byte === undefined || factor > 2 ** 49) throw new RangeError('not a number');
      this.at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
  }

  bytes(): Buffer | undefined {
    const length = this.varint();
    if (length < 0) return undefined;
    const end = this.at + length;
    if (end > this.source.length) throw new RangeError('beyond the end');
    const bytes = this.source.subarray(this.at, end);
    this.at = end;
    return bytes;
  }
}
