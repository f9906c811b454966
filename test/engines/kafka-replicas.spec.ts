import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startKafka, type KafkaCluster } from '../../scripts/engines/kafka.js';
import type { Appended } from '../../src/storage/event-log/event-log.port.js';
import { KafkaEventLog } from '../../src/storage/event-log/kafka/kafka-event-log.js';
import { KAFKA_WAITS } from '../../src/storage/event-log/kafka/kafka-options.js';
import { readPages } from '../contract/log-model.js';
import { records } from '../contract/log-record.js';
import { awaitUntil } from '../support/await-until.js';
import { describeEngines, OWN_KAFKA } from '../support/engines.js';
import { kafkaOptions } from '../support/kafka-room.js';
import { ENGINE_TIMEOUT } from '../support/shared-engines.js';

describeEngines([OWN_KAFKA], 'Kafka with three brokers', () => {
  let kafka: KafkaCluster;
  let sut: KafkaEventLog;
  let other: KafkaEventLog;

  beforeAll(async () => {
    kafka = await startKafka({ nodes: 3 });
    sut = await KafkaEventLog.open(threefold({ append: 30_000 }));
    other = await KafkaEventLog.open(threefold({ append: 2_000 }));
  }, ENGINE_TIMEOUT);
  afterAll(async () => {
    await Promise.all([sut.close(), other.close()]);
    await kafka.stop();
  }, 60_000);

  function threefold(waits: { append: number }) {
    const { topic, ...options } = kafkaOptions(kafka.brokers, 'replicated', 6);
    const { replicationFactor: _, ...safe } = topic;
    return { ...options, topic: safe, waits: { ...KAFKA_WAITS, connect: 1_000, request: 3_000, ...waits } };
  }

  it('makes three copies of which two must have an event', async () => {
    expect(await sut.check()).toEqual([]);
  });

  it('loses and doubles nothing when a leader is killed in the middle of appends', async () => {
    const acknowledged = new Map<string, Appended>();
    let wanted = true;
    let longest = 0;
    const writer = async (name: string): Promise<void> => {
      for (let n = 0; wanted; n += 1) {
        const batch = records(20, `${name}-${n}`);
        const began = performance.now();
        const answers = await sut.append(batch);
        longest = Math.max(longest, performance.now() - began);
        for (const [index, { id }] of batch.entries()) if (answers[index]) acknowledged.set(id, answers[index]);
      }
    };
    const writers = ['a', 'b', 'c', 'd'].map(writer);
    await awaitUntil('appends before the kill', () => acknowledged.size > 2_000);
    await kafka.kill(2);
    const before = acknowledged.size;
    await awaitUntil('appends after the kill', () => acknowledged.size > before + 3_000, 30_000);
    wanted = false;
    await Promise.all(writers);

    const stored = (await readPages(sut, 1_000)).flat();
    const places = new Map(stored.map(({ position, id }) => [JSON.stringify(position), id]));
    expect([...acknowledged].filter(([id, { position }]) => places.get(JSON.stringify(position)) !== id)).toEqual([]);
    expect(stored.length).toBe(acknowledged.size);
    expect(longest).toBeLessThan(15_000);
    expect((await sut.check()).map(({ kind }) => kind)).toEqual(new Array(6).fill('replicas_out_of_sync'));
  }, 60_000);

  it('takes nothing while too few copies are there, says why, and goes on by itself', async () => {
    await kafka.kill(3);
    await expect(other.append(records(60, 'refused'))).rejects.toMatchObject({
      code: 'INGESTION.UNAVAILABLE',
      facts: { store: 'event_log', waitMs: 2_000 },
    });

    await Promise.all([kafka.start(2), kafka.start(3)]);
    const answers = await awaitUntil(
      'the copies to be back',
      () => other.append(records(60, 'again')).catch(() => undefined),
      30_000,
    );
    expect(answers).toHaveLength(60);
    await awaitUntil('all copies in sync', async () => (await sut.check()).length === 0, 30_000);
  }, 90_000);
});
