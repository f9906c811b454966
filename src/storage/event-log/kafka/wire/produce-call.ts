import Decoder from 'kafkajs/src/protocol/decoder.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import type { BrokerCall } from '../driver/broker-link.js';

/** One batch for one partition. */
export interface ProducedBatch {
  readonly partition: number;
  readonly batch: Buffer;
}

/** What the broker did with it. */
export interface ProducedAnswer {
  readonly partition: number;
  readonly code: number;
  readonly baseOffset: number;
}

export interface ProduceRequest {
  readonly topic: string;
  readonly batches: readonly ProducedBatch[];
  /** For all copies that must be there to have it. Milliseconds. */
  readonly waitMs: number;
}

const ALL_COPIES = -1;

/** Produce, version 7: one answer for each partition, where kafkajs would throw the first error of any. */
export function produceCall({ topic, batches, waitMs }: ProduceRequest): BrokerCall<readonly ProducedAnswer[]> {
  const encode = (): Encoder => {
    const size = batches.reduce((sum, { batch }) => sum + batch.length + 8, 64 + topic.length);
    const encoder = new Encoder(size).writeString(null).writeInt16(ALL_COPIES).writeInt32(waitMs).writeInt32(1);
    encoder.writeString(topic).writeInt32(batches.length);
    for (const { partition, batch } of batches) {
      encoder.writeInt32(partition).writeInt32(batch.length).writeBuffer(batch);
    }
    return encoder;
  };
  return {
    request: { apiKey: 0, apiVersion: 7, apiName: 'Produce', encode: () => Promise.resolve(encode()) },
    decode: decodeAnswers,
    waitMs: waitMs + 1_000,
  };
}

function decodeAnswers(payload: Buffer): readonly ProducedAnswer[] {
  const decoder = new Decoder(payload);
  const topics = decoder.readArray((topic) => {
    topic.readString();
    return topic.readArray((answer) => {
      const partition = answer.readInt32();
      const code = answer.readInt16();
      const baseOffset = Number(answer.readInt64());
      answer.readInt64(); // time
      answer.readInt64(); // where the log begins
      return { partition, code, baseOffset };
    });
  });
  return topics.flat();
}
