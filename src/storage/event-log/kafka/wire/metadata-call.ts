import Decoder from 'kafkajs/src/protocol/decoder.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import type { BrokerAddress, BrokerCall } from '../driver/broker-link.js';

export interface PartitionState {
  readonly partition: number;
  /** `undefined`: there is none now. */
  readonly leader: number | undefined;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
}

export interface ClusterState {
  readonly brokers: ReadonlyMap<number, BrokerAddress>;
  readonly controller: number;
  /** Kafka's error code for the topic as a whole. */
  readonly topicCode: number;
  /** By number. */
  readonly partitions: readonly PartitionState[];
}

/** Metadata, version 5, of one topic: a partition without a leader is told of, where kafkajs would throw for all. */
export function metadataCall(topic: string): BrokerCall<ClusterState> {
  const encode = (): Encoder => new Encoder().writeInt32(1).writeString(topic).writeBoolean(false);
  return {
    request: { apiKey: 3, apiVersion: 5, apiName: 'Metadata', encode: () => Promise.resolve(encode()) },
    decode: decodeState,
  };
}

function decodeState(payload: Buffer): ClusterState {
  const decoder = new Decoder(payload);
  decoder.readInt32(); // throttled for
  const brokers = decoder.readArray((broker): [number, BrokerAddress] => {
    const node = broker.readInt32();
    const address = { host: broker.readString() ?? '', port: broker.readInt32() };
    broker.readString(); // rack
    return [node, address];
  });
  decoder.readString(); // cluster
  const controller = decoder.readInt32();
  const [topic] = decoder.readArray(decodeTopic);
  return {
    brokers: new Map(brokers),
    controller,
    topicCode: topic?.code ?? 3,
    partitions: topic?.partitions.sort((left, right) => left.partition - right.partition) ?? [],
  };
}

function decodeTopic(decoder: Decoder): { readonly code: number; readonly partitions: PartitionState[] } {
  const code = decoder.readInt16();
  decoder.readString();
  decoder.readBoolean(); // internal
  return { code, partitions: decoder.readArray(decodePartition) };
}

function decodePartition(decoder: Decoder): PartitionState {
  decoder.readInt16(); // an error here means that there is no leader, or a copy is away: both are told by the lists
  const partition = decoder.readInt32();
  const leader = decoder.readInt32();
  const replicas = nodes(decoder);
  const inSync = nodes(decoder);
  nodes(decoder); // those away
  return { partition, leader: leader < 0 ? undefined : leader, replicas, inSync };
}

function nodes(decoder: Decoder): number[] {
  return decoder.readArray((one) => one.readInt32());
}
