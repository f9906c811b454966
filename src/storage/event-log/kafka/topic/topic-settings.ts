import type { KafkaTopicOptions } from '../kafka-options.js';

/** One setting of the topic: what it must be, or at least be. */
export interface TopicSetting {
  readonly name: string;
  readonly value: string;
  readonly atLeast?: true;
}

/** Room for the largest entry and its encrypted part; what brokers take unless they are told otherwise. */
const BATCH_BYTES = 1_048_588;

/** What makes a topic a log that keeps every event, whatever the brokers' own defaults are. */
export function topicSettings(minInSyncReplicas: number): readonly TopicSetting[] {
  return [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'retention.ms', value: '-1' },
    { name: 'retention.bytes', value: '-1' },
    { name: 'unclean.leader.election.enable', value: 'false' },
    { name: 'min.insync.replicas', value: String(minInSyncReplicas), atLeast: true },
    { name: 'max.message.bytes', value: String(BATCH_BYTES), atLeast: true },
    // The broker's time: looking up an offset by time stays right, whatever a replica's clock says.
    { name: 'message.timestamp.type', value: 'LogAppendTime' },
    // Bytes stay as they were sent, and what is read is checked by the checksum that was sent.
    { name: 'compression.type', value: 'producer' },
  ];
}

export function holds({ value, atLeast }: TopicSetting, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return atLeast ? Number(actual) >= Number(value) : actual === value;
}

export interface Replication {
  readonly factor: number;
  readonly minInSync: number;
}

const SAFE_FACTOR = 3;

/** What the options ask for, or else three copies of which two must have an event. */
export function wantedReplication(options: KafkaTopicOptions): Replication {
  const factor = options.replicationFactor ?? SAFE_FACTOR;
  return { factor, minInSync: options.minInSyncReplicas ?? Math.max(1, factor - 1) };
}

/** What is wrong with the replication for a cluster of so many brokers, in words for whoever starts the service. */
export function replicationFaults({ factor, minInSync }: Replication, brokers: number): readonly string[] {
  const faults: string[] = [];
  if (factor > brokers) {
    faults.push(
      `the replication factor is ${factor} and the cluster has ${brokers} broker${brokers === 1 ? '' : 's'}: ` +
        'add brokers, or accept by an explicit lower factor that events may be lost with a broker',
    );
  }
  if (minInSync > factor) faults.push(`${minInSync} replicas must be in sync and there are only ${factor}`);
  return faults;
}
