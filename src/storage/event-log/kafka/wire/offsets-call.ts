import Decoder from 'kafkajs/src/protocol/decoder.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import type { BrokerCall } from '../driver/broker-link.js';

export interface PartitionOffset {
  readonly partition: number;
  readonly code: number;
  readonly offset: number;
}

export const EARLIEST = -2;
/** The high watermark: what every copy that must have it has. */
export const LATEST = -1;

/** ListOffsets, version 3. A new leader answers only when it knows its high watermark again. */
export function offsetsCall(
  topic: string,
  partitions: readonly number[],
  which: typeof EARLIEST | typeof LATEST,
): BrokerCall<readonly PartitionOffset[]> {
  const encode = (): Encoder => {
    const encoder = new Encoder().writeInt32(-1).writeInt8(0).writeInt32(1).writeString(topic);
    encoder.writeInt32(partitions.length);
    for (const partition of partitions) encoder.writeInt32(partition).writeInt64(which);
    return encoder;
  };
  return {
    request: { apiKey: 2, apiVersion: 3, apiName: 'ListOffsets', encode: () => Promise.resolve(encode()) },
    decode: decodeOffsets,
  };
}

function decodeOffsets(payload: Buffer): readonly PartitionOffset[] {
  const decoder = new Decoder(payload);
  decoder.readInt32(); // throttled for
  const topics = decoder.readArray((topic) => {
    topic.readString();
    return topic.readArray((answer) => {
      const partition = answer.readInt32();
      const code = answer.readInt16();
      answer.readInt64(); // time
      return { partition, code, offset: Number(answer.readInt64()) };
    });
  });
  return topics.flat();
}
