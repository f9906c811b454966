import { basename } from 'node:path';
import { KafkaEventLog } from '../../src/storage/event-log/kafka/kafka-event-log.js';
import { KAFKA_LIMITS, KAFKA_WAITS, type KafkaOptions } from '../../src/storage/event-log/kafka/kafka-options.js';
import type { KnownKafkaLog } from '../../src/storage/event-log/kafka/topic/known-kafka-log.js';

/** Options for a topic of a spec's own on one broker. */
export function kafkaOptions(brokers: readonly string[], topic: string, partitions = 1): KafkaOptions {
  return {
    brokers,
    clientId: 'keytrail-test',
    topic: { name: topic, partitions, replicationFactor: 1 },
    epoch: 1,
    waits: KAFKA_WAITS,
    limits: KAFKA_LIMITS,
  };
}

/** Opens logs as a service does that remembers what it knew of each: the folder stands for what it keeps elsewhere. */
export class KafkaRoom {
  readonly #known = new Map<string, KnownKafkaLog>();

  constructor(
    private readonly brokers: () => Promise<readonly string[]>,
    private readonly partitions: number,
  ) {}

  async open(folder: string): Promise<KafkaEventLog> {
    const topic = basename(folder);
    const options = kafkaOptions(await this.brokers(), topic, this.partitions);
    const log = await KafkaEventLog.open(options, this.#known.get(topic));
    if (log.known) this.#known.set(topic, log.known);
    return log;
  }
}
