import { crc32c } from './crc32c.js';

/** A record as Kafka holds it. Header names are ASCII. */
export interface KafkaMessage {
  readonly key: Buffer;
  readonly value: Uint8Array;
  readonly headers: readonly KafkaHeader[];
}

export interface KafkaHeader {
  readonly name: string;
  readonly value: Uint8Array;
}

/** Who writes a batch, and the number of its first record: by these a broker knows a batch that comes twice. */
export interface BatchOrigin {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly firstSequence: number;
}

/** Bytes of a batch before its records (message format 2). */
export const BATCH_OVERHEAD = 61;

/** What a record takes within a batch at most: the batch's size decides whether a broker takes it. */
export function messageBytes(message: KafkaMessage): number {
  const body = bodyBytes(message, WIDEST_OFFSET);
  return varintBytes(body) + body;
}

/**
 * One uncompressed record batch, written once into memory of its size: kafkajs's own encoder copies every byte seven
 * times, which took most of the thread that also answers HTTP.
 */
export function encodeBatch(messages: readonly KafkaMessage[], origin: BatchOrigin, timestamp: number): Buffer {
  const bodies = messages.map((message, offset) => bodyBytes(message, offset));
  const size = bodies.reduce((sum, body) => sum + varintBytes(body) + body, BATCH_OVERHEAD);
  const batch = Buffer.allocUnsafe(size);
  batch.writeBigInt64BE(0n, 0); // base offset: the broker's
  batch.writeInt32BE(size - 12, 8);
  batch.writeInt32BE(-1, 12); // leader epoch: the broker's
  batch.writeInt8(2, 16);
  batch.writeInt16BE(0, 21); // no compression, no transaction
  batch.writeInt32BE(messages.length - 1, 23);
  batch.writeBigInt64BE(BigInt(timestamp), 27);
  batch.writeBigInt64BE(BigInt(timestamp), 35);
  batch.writeBigInt64BE(origin.producerId, 43);
  batch.writeInt16BE(origin.producerEpoch, 51);
  batch.writeInt32BE(origin.firstSequence, 53);
  batch.writeInt32BE(messages.length, 57);
  let at = BATCH_OVERHEAD;
  for (const [offset, message] of messages.entries()) {
    at = writeVarint(batch, at, bodies[offset] ?? 0);
    at = writeBody(batch, at, message, offset);
  }
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
  return batch;
}

const WIDEST_OFFSET = 1 << 24;

function bodyBytes({ key, value, headers }: KafkaMessage, offset: number): number {
  // Attributes and a timestamp that does not differ from the batch's.
  let bytes = 2 + varintBytes(offset) + withLength(key) + withLength(value) + varintBytes(headers.length);
  for (const header of headers)
    bytes += varintBytes(header.name.length) + header.name.length + withLength(header.value);
  return bytes;
}

function withLength(bytes: Uint8Array): number {
  return varintBytes(bytes.length) + bytes.length;
}

function writeBody(into: Buffer, from: number, { key, value, headers }: KafkaMessage, offset: number): number {
  into[from] = 0;
  into[from + 1] = 0;
  let at = writeVarint(into, from + 2, offset);
  at = writeBytes(into, at, key);
  at = writeBytes(into, at, value);
  at = writeVarint(into, at, headers.length);
  for (const header of headers) {
    at = writeVarint(into, at, header.name.length);
    at += into.write(header.name, at, 'latin1');
    at = writeBytes(into, at, header.value);
  }
  return at;
}

function writeBytes(into: Buffer, from: number, bytes: Uint8Array): number {
  const at = writeVarint(into, from, bytes.length);
  into.set(bytes, at);
  return at + bytes.length;
}

/** Lengths and offsets here are never negative, so the zigzag form is the double. */
function varintBytes(value: number): number {
  const zigzag = value * 2;
  if (zigzag < 0x80) return 1;
  if (zigzag < 0x4000) return 2;
  if (zigzag < 0x200000) return 3;
  return zigzag < 0x10000000 ? 4 : 5;
}

function writeVarint(into: Buffer, from: number, value: number): number {
  let rest = value * 2;
  let at = from;
  while (rest > 0x7f) {
    into[at] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
    at += 1;
  }
  into[at] = rest;
  return at + 1;
}
