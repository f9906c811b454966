import type { Appended, LogRecord } from '../event-log.port.js';

/**
 * Records packed into one buffer, which moves between threads without a copy. Little-endian; for each record: day
 * (int32), lengths of entry and encrypted part, partition hash (uint32 each), id (16 bytes), entry, encrypted part.
 */
export type RecordBatch = ArrayBuffer;

export interface BatchRecord {
  readonly day: number;
  readonly id: Uint8Array;
  readonly partitionHash: number;
  readonly entry: Uint8Array;
  readonly encrypted: Uint8Array;
}

const HEAD = 32;

export function packRecords(records: readonly LogRecord[]): RecordBatch {
  const size = records.reduce((sum, { entry, encrypted }) => sum + HEAD + entry.length + encrypted.length, 0);
  const batch = Buffer.from(new ArrayBuffer(size));
  let at = 0;
  for (const { id, day, partitionHash, entry, encrypted } of records) {
    batch.writeInt32LE(day, at);
    batch.writeUInt32LE(entry.length, at + 4);
    batch.writeUInt32LE(encrypted.length, at + 8);
    batch.writeUInt32LE(partitionHash, at + 12);
    if (batch.write(idToHex(id), at + 16, 'hex') !== 16) throw new TypeError('an event id is a UUID');
    batch.set(entry, at + HEAD);
    batch.set(encrypted, at + HEAD + entry.length);
    at += HEAD + entry.length + encrypted.length;
  }
  return batch.buffer;
}

/** Views on the batch, in order. */
export function* unpackRecords(batch: RecordBatch): Generator<BatchRecord> {
  const bytes = Buffer.from(batch);
  for (let at = 0; at < bytes.length;) {
    const entryEnd = at + HEAD + bytes.readUInt32LE(at + 4);
    const end = entryEnd + bytes.readUInt32LE(at + 8);
    yield {
      day: bytes.readInt32LE(at),
      id: bytes.subarray(at + 16, at + HEAD),
      partitionHash: bytes.readUInt32LE(at + 12),
      entry: bytes.subarray(at + HEAD, entryEnd),
      encrypted: bytes.subarray(entryEnd, end),
    };
    at = end;
  }
}

/** One number for each record: its offset when it was appended, `-1 - offset` when its id was there before. */
export type AppendedOffsets = Float64Array<ArrayBuffer>;

export function unpackAppended(offsets: AppendedOffsets, epoch: number): Appended[] {
  return Array.from(offsets, (offset): Appended => {
    const duplicate = offset < 0;
    return { duplicate, position: { epoch, partition: 0, offset: duplicate ? -1 - offset : offset } };
  });
}

/** The 32 hexadecimal digits of a UUID. */
export function idToHex(id: string): string {
  const hex = id.replaceAll('-', '');
  if (hex.length !== 32) throw new TypeError('an event id is a UUID');
  return hex;
}

export function bytesToHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

export function bytesToId(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
