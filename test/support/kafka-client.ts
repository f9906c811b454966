import { Kafka, type KafkaConfig, type Message, type Producer } from 'kafkajs';
import { awaitUntil } from './await-until.js';

/** A plain client, for what a spec does beside Keytrail; says nothing of what goes wrong on purpose. */
export function kafkaClient(brokers: readonly string[], config: Partial<KafkaConfig> = {}): Kafka {
  return new Kafka({
    brokers: [...brokers],
    connectionTimeout: 1000,
    requestTimeout: 5000,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 40 },
    logCreator: () => () => undefined,
    ...config,
  });
}

/** Sends what is acknowledged by all in-sync replicas, each once. */
export async function produce(kafka: Kafka, topic: string, values: readonly string[]): Promise<void> {
  const producer = await awaitUntil('a producer', () => connectedProducer(kafka));
  const messages = values.map((value): Message => ({ value, partition: 0 }));
  await producer.send({ topic, acks: -1, messages });
  await producer.disconnect();
}

/** kafkajs gives up at once where the controller that it knows has just gone; nothing was sent by then. */
async function connectedProducer(kafka: Kafka): Promise<Producer | undefined> {
  const producer = kafka.producer({ idempotent: true });
  try {
    await producer.connect();
    return producer;
  } catch {
    await producer.disconnect();
    return undefined;
  }
}

/** The values of a topic of one partition, from its beginning to its end. */
export async function consume(kafka: Kafka, topic: string, count: number): Promise<string[]> {
  const consumer = kafka.consumer({ groupId: `reader-of-${topic}-${count}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((done, failed) => {
    consumer.on('consumer.crash', ({ payload }) => {
      if (!payload.restart) failed(payload.error); // of what passes it starts anew by itself
    });
    void consumer.run({
      eachMessage: ({ message }) => {
        if (values.push(message.value?.toString() ?? '') === count) done();
        return Promise.resolve();
      },
    });
  });
  await consumer.disconnect();
  return values;
}
