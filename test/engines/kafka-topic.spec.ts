import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ConfigResourceTypes, type Admin, type IHeaders, type Kafka } from 'kafkajs';
import { partitionHash } from '../../src/domain/partition-hash.js';
import type { LogRecord } from '../../src/storage/event-log/event-log.port.js';
import { KafkaEventLog } from '../../src/storage/event-log/kafka/kafka-event-log.js';
import type { KafkaOptions } from '../../src/storage/event-log/kafka/kafka-options.js';
import type { KnownKafkaLog } from '../../src/storage/event-log/kafka/topic/known-kafka-log.js';
import { PartlyAppended } from '../../src/storage/event-log/partly-appended.js';
import { readPages } from '../contract/log-model.js';
import { contents, record, records } from '../contract/log-record.js';
import { awaitUntil } from '../support/await-until.js';
import { describeEngines, KAFKA } from '../support/engines.js';
import { kafkaClient } from '../support/kafka-client.js';
import { kafkaOptions } from '../support/kafka-room.js';
import { ENGINE_TIMEOUT, ownPrefix, sharedKafka } from '../support/shared-engines.js';

describeEngines([KAFKA], 'the topic of the event log', () => {
  const prefix = ownPrefix('topic');
  const opened: KafkaEventLog[] = [];
  let brokers: readonly string[];
  let client: Kafka;
  let admin: Admin;
  let topic = '';
  let topics = 0;

  beforeAll(async () => {
    brokers = await sharedKafka();
    client = kafkaClient(brokers);
    admin = client.admin();
    await admin.connect();
  }, ENGINE_TIMEOUT);
  beforeEach(() => {
    topic = `${prefix}-${(topics += 1)}`;
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
  });
  afterAll(async () => {
    await admin.disconnect();
  });

  async function open(known?: KnownKafkaLog, changes: Partial<KafkaOptions['topic']> = {}): Promise<KafkaEventLog> {
    const options = kafkaOptions(brokers, topic, 2);
    const log = await KafkaEventLog.open({ ...options, topic: { ...options.topic, ...changes } }, known);
    opened.push(log);
    return log;
  }
  async function known(log: KafkaEventLog): Promise<KnownKafkaLog> {
    await log.check();
    if (!log.known) throw new Error('nothing is known');
    return log.known;
  }
  async function set(name: string, value: string): Promise<void> {
    const entries = (await describeTopic()).map((entry) => (entry.name === name ? { name, value } : entry));
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries: entries }],
    });
  }
  async function describeTopic(): Promise<{ name: string; value: string }[]> {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
    });
    const entries = resources.flatMap(({ configEntries }) => configEntries);
    return entries
      .filter(({ isDefault }) => !isDefault)
      .map(({ configName: name, configValue: value }) => ({ name, value }));
  }
  const onOne = (name: string): LogRecord => ({ ...record(name), partitionHash: partitionHash('one') });

  it('is made so that nothing is ever dropped from it', async () => {
    const sut = await open();

    expect(Object.fromEntries((await describeTopic()).map(({ name, value }) => [name, value]))).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'retention.bytes': '-1',
      'unclean.leader.election.enable': 'false',
      'min.insync.replicas': '1',
      'message.timestamp.type': 'LogAppendTime',
    });
    expect(await sut.check()).toEqual([]);
  });

  it('is not made where a cluster is too small to keep its copies', async () => {
    await expect(open(undefined, { replicationFactor: 40 })).rejects.toMatchObject({
      code: 'CONFIG.INVALID',
      facts: { errors: [expect.stringContaining('the replication factor is 40 and the cluster has')] },
    });
    expect(await admin.listTopics()).not.toContain(topic);
  });

  it('is used as another made it, and what it lacks is told', async () => {
    await admin.createTopics({ topics: [{ topic, numPartitions: 3, replicationFactor: 1 }], waitForLeaders: true });

    const sut = await open(undefined, { replicationFactor: 3 });

    expect((await sut.end()).next).toHaveLength(3);
    expect(await sut.check()).toEqual(
      expect.arrayContaining([
        { kind: 'setting_drift', name: 'retention.ms', expected: '-1', actual: '604800000' },
        { kind: 'setting_drift', name: 'min.insync.replicas', expected: '2', actual: '1' },
        { kind: 'replication_too_low', partition: 0, expected: 3, actual: 1 },
      ]),
    );
  });

  it('is told when somebody changes a setting', async () => {
    const sut = await open();

    await set('retention.ms', '60000');

    const drift = [{ kind: 'setting_drift', name: 'retention.ms', expected: '-1', actual: '60000' }];
    expect(await awaitUntil('the change', async () => (await sut.check()).length > 0 && sut.check())).toEqual(drift);
  });

  it('leaves partitions unused that were added, and tells of them', async () => {
    const sut = await open();
    await sut.append(records(10));
    const before = await known(sut);
    await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });

    const added = { kind: 'partitions_added', known: 2, actual: 5 };
    const later = await open(before);
    await later.append(records(20, 'later'));

    expect(await later.check()).toEqual([added]);
    expect(await sut.check()).toEqual([added]);
    expect((await later.end()).next).toHaveLength(2);
    expect((await readPages(later, 100)).flat()).toHaveLength(30);
  });

  it('is not begun anew where it was lost', async () => {
    const before = await known(await open());
    await admin.deleteTopics({ topics: [topic] });

    await expect(open(before)).rejects.toMatchObject({
      code: 'STORAGE.NOT_ON_THIS_LOG',
      facts: { problems: ['topic_missing'] },
    });
    expect(await admin.listTopics()).not.toContain(topic);
  });

  it('is refused when it was made anew, by its first records and its end, also by whoever had it open', async () => {
    const sut = await open();
    await sut.append(records(10));
    const before = await known(sut);
    await admin.deleteTopics({ topics: [topic] });
    await awaitUntil('the topic to be gone', async () => !(await admin.listTopics()).includes(topic));
    const other = await open();
    await other.append(records(2, 'other'));

    await expect(open(before)).rejects.toMatchObject({
      code: 'STORAGE.NOT_ON_THIS_LOG',
      facts: { problems: ['topic_recreated', 'ends_earlier'] },
    });
    await expect(sut.end()).rejects.toMatchObject({ code: 'STORAGE.NOT_ON_THIS_LOG' });
    await expect(sut.append(records(1, 'on another log'))).rejects.toMatchObject({ code: 'STORAGE.NOT_ON_THIS_LOG' });
    await expect(sut.append(records(1, 'never'))).rejects.toMatchObject({ code: 'STORAGE.NOT_ON_THIS_LOG' });
  });

  it('is refused from a point below what was deleted, and told to begin later', async () => {
    const sut = await open();
    await sut.append([onOne('a'), onOne('b'), onOne('c')]);
    const before = await known(sut);
    const partition = partitionHash('one') % 2;
    await admin.fetchTopicOffsets(topic); // so that kafkajs's client learns of the topic
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: '2' }] });

    await expect(sut.read({ epoch: 1, next: [0, 0] }, 10)).rejects.toMatchObject({ code: 'STORAGE.NOT_ON_THIS_LOG' });
    const from = partition === 0 ? [2, 0] : [0, 2];
    expect((await sut.read({ epoch: 1, next: from }, 10)).map(contents)).toEqual([contents(onOne('c'))]);
    expect(await sut.check()).toEqual([{ kind: 'begins_later', partition, known: 0, actual: 2 }]);
    await expect(open(before)).rejects.toMatchObject({ facts: { problems: ['begins_later'] } });
  });

  it('takes batches of the size that it allows now', async () => {
    const sut = await open();
    await sut.append(records(1));
    await set('max.message.bytes', '20000');
    const large = Array.from({ length: 40 }, (_, n) => ({ ...onOne(`large-${n}`), entry: Buffer.alloc(5_000, 'x') }));

    const answers = await awaitUntil('the limit to hold', () => sut.append(large));
    expect(new Set(answers.map(({ position }) => position.offset)).size).toBe(40);

    const tooLarge = { ...onOne('too large'), entry: Buffer.alloc(30_000, 'x') };
    const failure = await sut.append([onOne('fits'), tooLarge, onOne('fits too')]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartlyAppended);
    expect((failure as PartlyAppended).outcomes.map(({ state }) => state)).toEqual([
      'appended',
      'not_appended',
      'appended',
    ]);
    expect(failure).toMatchObject({
      code: 'INGESTION.BATCH_TOO_LARGE',
      facts: { appended: 2, notAppended: 1, unknown: 0 },
    });
  });

  it.each<[string, { key: string | null; value: string | null; headers?: IHeaders }]>([
    ['without headers', { key: '00000000', value: '{}' }],
    ['without a value', { key: '00000000', value: null, headers: { ce_specversion: '1.0', ce_id: record(1).id } }],
    [
      'without an encrypted part',
      { key: '00000000', value: '{}', headers: { ce_specversion: '1.0', ce_id: record(1).id } },
    ],
    [
      'with another key',
      { key: 'theirs', value: '{}', headers: { ce_specversion: '1.0', ce_id: record(1).id, keytrail_encrypted: '' } },
    ],
  ])('gives a record %s that another wrote a place of its own, and nothing of it', async (_, message) => {
    const sut = await open();
    const partition = partitionHash('one') % 2;
    await sut.append([onOne('before')]);
    const producer = client.producer();
    await producer.connect();
    await producer.send({ topic, messages: [{ ...message, partition }] });
    await producer.disconnect();
    await sut.append([onOne('after')]);

    const page = await sut.read({ epoch: 1, next: [0, 0] }, 10);

    expect(page.map(({ position, fault }) => [position.offset, fault])).toEqual([
      [0, undefined],
      [1, 'STORAGE.NOT_AN_EVENT'],
      [2, undefined],
    ]);
    expect(page[1]).toMatchObject({ id: '', entry: new Uint8Array(), encrypted: new Uint8Array() });
  });

  it('lies there as CloudEvents whose data is the entry', async () => {
    const sut = await open();
    const entry = Buffer.from(
      '{"action":"secret.read","id":"x","occurredAt":"2026-03-01T10:00:00.123456789Z","source":{"instance":"a/b","kind":"vault"},"tenant":"default","v":1}',
    );
    await sut.append([{ ...onOne('told'), entry }]);
    const consumer = client.consumer({ groupId: topic });
    await consumer.subscribe({ topic, fromBeginning: true });
    const first = Promise.withResolvers<Record<string, string>>();
    await consumer.run({
      eachMessage: ({ message }) => {
        const headers = Object.entries(message.headers ?? {}).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        first.resolve({ ...Object.fromEntries(headers), key: String(message.key), value: String(message.value) });
        return Promise.resolve();
      },
    });

    expect(await first.promise).toEqual({
      key: partitionHash('one').toString(16).padStart(8, '0'),
      value: entry.toString(),
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: record('told').id,
      ce_source: '/keytrail/default/vault/a%2Fb',
      ce_type: 'io.keytrail.secret.read',
      ce_time: '2026-03-01T10:00:00.123456789Z',
      keytrail_encrypted: 'encrypted told',
    });
    await consumer.disconnect();
  });
});
