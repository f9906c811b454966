import Decoder from 'kafkajs/src/protocol/decoder.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import type { BrokerCall } from '../driver/broker-link.js';

export interface FetchedFrom {
  readonly partition: number;
  readonly offset: number;
}

export interface FetchRequest {
  readonly topic: string;
  readonly from: readonly FetchedFrom[];
  /** Of the whole answer; the first batch comes whole, however large. */
  readonly maxBytes: number;
  readonly maxPartitionBytes: number;
}

export interface FetchedPartition {
  readonly partition: number;
  readonly code: number;
  readonly highWatermark: number;
  /** Record batches; the last one may be cut off. */
  readonly batches: Buffer;
}

const NO_REPLICA = -1;
const READ_UNCOMMITTED = 0;
const NO_SESSION = [0, -1] as const;

/** Fetch, version 11: what is there now, without waiting for more. */
export function fetchCall(fetch: FetchRequest): BrokerCall<readonly FetchedPartition[]> {
  const encode = (): Encoder => {
    const encoder = new Encoder().writeInt32(NO_REPLICA).writeInt32(0).writeInt32(0).writeInt32(fetch.maxBytes);
    encoder.writeInt8(READ_UNCOMMITTED).writeInt32(NO_SESSION[0]).writeInt32(NO_SESSION[1]);
    encoder.writeInt32(1).writeString(fetch.topic).writeInt32(fetch.from.length);
    for (const { partition, offset } of fetch.from) {
      encoder
        .writeInt32(partition)
        .writeInt32(-1)
        .writeInt64(offset)
        .writeInt64(-1)
        .writeInt32(fetch.maxPartitionBytes);
    }
    return encoder.writeInt32(0).writeString('');
  };
  return {
    request: { apiKey: 1, apiVersion: 11, apiName: 'Fetch', encode: () => Promise.resolve(encode()) },
    decode: decodeFetched,
  };
}

function decodeFetched(payload: Buffer): readonly FetchedPartition[] {
  const decoder = new Decoder(payload);
  decoder.readInt32(); // throttled for
  decoder.readInt16(); // error of a fetch session, and there is none
  decoder.readInt32();
  const topics = decoder.readArray((topic) => {
    topic.readString();
    return topic.readArray(decodePartition);
  });
  return topics.flat();
}

function decodePartition(decoder: Decoder): FetchedPartition {
  const partition = decoder.readInt32();
  const code = decoder.readInt16();
  const highWatermark = Number(decoder.readInt64());
  decoder.readInt64(); // last stable offset
  decoder.readInt64(); // log start
  decoder.readArray((aborted) => [aborted.readInt64(), aborted.readInt64()]);
  decoder.readInt32(); // preferred replica
  return { partition, code, highWatermark, batches: decoder.readBytes() ?? Buffer.alloc(0) };
}
