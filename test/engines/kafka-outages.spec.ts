import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { startKafka, type KafkaCluster } from '../../scripts/engines/kafka.js';
import type { KeytrailError } from '../../src/domain/errors.js';
import { partitionHash } from '../../src/domain/partition-hash.js';
import type { Appended, LogRecord } from '../../src/storage/event-log/event-log.port.js';
import { KafkaEventLog } from '../../src/storage/event-log/kafka/kafka-event-log.js';
import { KAFKA_WAITS, type KafkaOptions } from '../../src/storage/event-log/kafka/kafka-options.js';
import { PartlyAppended } from '../../src/storage/event-log/partly-appended.js';
import { readPages } from '../contract/log-model.js';
import { records } from '../contract/log-record.js';
import { awaitUntil } from '../support/await-until.js';
import { describeEngines, OWN_KAFKA } from '../support/engines.js';
import { kafkaOptions } from '../support/kafka-room.js';
import { ENGINE_TIMEOUT } from '../support/shared-engines.js';

describeEngines([OWN_KAFKA], 'Kafka that fails', () => {
  const opened: KafkaEventLog[] = [];
  let kafka: KafkaCluster;
  let topics = 0;

  beforeAll(async () => {
    kafka = await startKafka();
  }, ENGINE_TIMEOUT);
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
  });
  afterAll(() => kafka.stop());

  async function open(waits: Partial<KafkaOptions['waits']> = {}): Promise<KafkaEventLog> {
    topics += 1;
    const options = kafkaOptions(kafka.brokers, `outage-${topics}`, 3);
    const log = await KafkaEventLog.open({ ...options, waits: { ...KAFKA_WAITS, ...waits } });
    opened.push(log);
    return log;
  }

  it('is waited for a bounded time at the start, and told in our own words', async () => {
    const options = { ...kafkaOptions(['127.0.0.1:1'], 'absent'), waits: { ...KAFKA_WAITS, read: 700 } };
    const began = performance.now();

    await expect(KafkaEventLog.open(options)).rejects.toMatchObject({
      code: 'STORAGE.UNAVAILABLE',
      facts: { store: 'event_log', reason: 'unreachable' },
    });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('has every acknowledged event once after its broker was killed in the middle of appends', async () => {
    const sut = await open({ append: 30_000 });
    const acknowledged = new Map<string, Appended>();
    let wanted = true;
    const writer = async (name: string): Promise<void> => {
      for (let n = 0; wanted; n += 1) {
        const batch = records(20, `${name}-${n}`);
        const answers = await sut.append(batch);
        for (const [index, { id }] of batch.entries()) if (answers[index]) acknowledged.set(id, answers[index]);
      }
    };
    const writers = ['a', 'b', 'c'].map(writer);

    await awaitUntil('appends before the kill', () => acknowledged.size > 2_000);
    await kafka.kill(1);
    const before = acknowledged.size;
    await kafka.start(1);
    await awaitUntil('appends after the restart', () => acknowledged.size > before + 2_000);
    wanted = false;
    await Promise.all(writers);

    const stored = (await readPages(sut, 1_000)).flat();
    const places = new Map(stored.map(({ position, id }) => [JSON.stringify(position), id]));
    expect([...acknowledged].filter(([id, { position }]) => places.get(JSON.stringify(position)) !== id)).toEqual([]);
    // Sent again under the same numbers, so that the broker wrote each once.
    expect(stored.length).toBe(acknowledged.size);
  }, 60_000);

  it('is told as unavailable while it is down, with nothing written, and used again when it is back', async () => {
    const sut = await open({ append: 800 });
    await sut.append(records(5));
    await kafka.kill(1);
    // What is appended in this moment may be on its way to a connection that is not known to be gone.
    await expect(sut.append(records(5, 'refused'))).rejects.toMatchObject({ code: 'INGESTION.UNAVAILABLE' });
    const began = performance.now();

    await expect(sut.append(records(5, 'refused'))).rejects.toMatchObject({
      code: 'INGESTION.UNAVAILABLE',
      facts: { store: 'event_log', reason: 'unreachable', waitMs: 800, outcome: 'nothing_written' },
    });
    expect(performance.now() - began).toBeLessThan(1_500);
    // However much is refused meanwhile, none of it is kept.
    const large = records(40, 'refused').map((record) => ({ ...record, entry: Buffer.alloc(1_000_000, 'x') }));
    for (let n = 0; n < 3; n += 1)
      await expect(sut.append(large)).rejects.toMatchObject({ facts: { outcome: 'nothing_written' } });

    await kafka.start(1);
    await eventually(() => sut.append(records(5, 'later')));
    const names = (await readPages(sut, 100)).flat().map(({ entry }) => Buffer.from(entry).toString());
    expect(names.filter((name) => name.includes('refused'))).toEqual([]);
    expect(names).toHaveLength(10);
  }, 60_000);

  it('acknowledges nothing that a hanging broker took from others, and loses nothing after it wakes', async () => {
    const sut = await open({ append: 600, request: 300, connect: 200 });
    const one = (name: string): LogRecord[] =>
      records(1, name).map((record) => ({ ...record, partitionHash: partitionHash('key') }));
    await sut.append(one('before'));
    kafka.signal(1, 'SIGSTOP');

    const failure = await sut
      .append([...one('lost-a'), ...one('lost-b')])
      .catch((error: unknown) => error as KeytrailError);
    // Long enough for the first to be given up altogether.
    for (let n = 0; n < 4; n += 1)
      await expect(sut.append(one('given up'))).rejects.toMatchObject({ code: 'INGESTION.UNAVAILABLE' });
    kafka.signal(1, 'SIGCONT');
    expect(failure).toBeInstanceOf(PartlyAppended);
    expect(failure).toMatchObject({
      code: 'INGESTION.UNAVAILABLE',
      facts: { appended: 0, unknown: 2, notAppended: 0 },
    });

    // As many records as before, under what would be the same numbers: the broker must not take them for those.
    const later = [...one('later-a'), ...one('later-b')];
    const answers = await eventually(() => sut.append(later));
    const stored = (await readPages(sut, 100)).flat();
    const found = answers.map(
      ({ position }) => stored.find((record) => record.position.offset === position.offset)?.id,
    );
    expect(found).toEqual(later.map(({ id }) => id));
  }, 30_000);

  it('takes no more than may wait, and says so at once', async () => {
    const sut = await open({ append: 700 });
    await sut.append(records(1));
    kafka.signal(1, 'SIGSTOP');
    const large = records(60, 'large').map((record) => ({ ...record, entry: Buffer.alloc(1_000_000, 'x') }));
    const waiting = sut.append(large).catch((error: unknown) => error as KeytrailError);

    await expect(sut.append(large)).rejects.toMatchObject({
      code: 'INGESTION.QUEUE_FULL',
      facts: { store: 'event_log' },
    });
    await waiting;
    kafka.signal(1, 'SIGCONT');
    await eventually(() => sut.append(records(1, 'again')));
  }, 30_000);

  it('closes in time while nothing answers', async () => {
    const sut = await open({ append: 700, request: 500 });
    kafka.signal(1, 'SIGSTOP');
    const failure = sut.append(records(3)).catch((error: unknown) => error);
    await pause(50);
    const began = performance.now();

    await sut.close();
    kafka.signal(1, 'SIGCONT');
    expect(performance.now() - began).toBeLessThan(1_500);
    await failure;
  }, 30_000);
});

/** Repeats what fails while the broker comes back. */
function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  return awaitUntil('the broker to be back', () => work().catch(() => undefined), 20_000);
}
