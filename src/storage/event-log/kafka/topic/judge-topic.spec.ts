import { describe, expect, it } from '@jest/globals';
import { judgeTopic, type ObservedTopic } from './judge-topic.js';
import { mergeKnown, type KnownKafkaLog } from './known-kafka-log.js';
import { isIncident } from './topic-finding.js';
import { replicationFaults, topicSettings, wantedReplication } from './topic-settings.js';

const WANTED = { factor: 3, minInSync: 2 };
const KNOWN: KnownKafkaLog = { partitions: 2, begin: [0, 0], end: [10, 0], firsts: ['first', null] };

function observed(changes: { log?: Partial<KnownKafkaLog>; settings?: [string, string][] } = {}): ObservedTopic {
  const partition = (number: number) => ({ partition: number, leader: 1, replicas: [1, 2, 3], inSync: [1, 2, 3] });
  const settings = topicSettings(2).map(({ name, value }): [string, string] => [name, value]);
  return {
    partitions: [partition(0), partition(1)],
    settings: new Map([...settings, ...(changes.settings ?? [])]),
    log: { ...KNOWN, ...changes.log },
  };
}

describe(judgeTopic.name, () => {
  it('finds nothing in a topic as it should be, and nothing in one that grew or is safer', () => {
    expect(judgeTopic(observed(), WANTED)).toEqual([]);
    expect(judgeTopic(observed({ log: { end: [12, 3], firsts: ['first', 'new'] } }), WANTED, KNOWN)).toEqual([]);
    expect(judgeTopic(observed({ settings: [['min.insync.replicas', '3']] }), WANTED, KNOWN)).toEqual([]);
  });

  it.each(topicSettings(2).map(({ name }) => name))('finds a drift of %s', (name) => {
    const settings: [string, string][] = [[name, '1']];

    expect(judgeTopic(observed({ settings }), WANTED, KNOWN)).toMatchObject([
      { kind: 'setting_drift', name, actual: '1' },
    ]);
  });

  it('finds copies that are missing or behind, and a partition that nobody leads', () => {
    const topic = observed();
    const partitions = [
      { partition: 0, leader: undefined, replicas: [1, 2, 3], inSync: [1] },
      { partition: 1, leader: 1, replicas: [1], inSync: [1] },
    ];

    expect(judgeTopic({ ...topic, partitions }, WANTED, KNOWN)).toEqual([
      { kind: 'no_leader', partition: 0 },
      { kind: 'replicas_out_of_sync', partition: 0, replicas: 3, inSync: 1 },
      { kind: 'replication_too_low', partition: 1, expected: 3, actual: 1 },
    ]);
  });

  it.each<[string, Partial<KnownKafkaLog>, object]>([
    ['begins later', { begin: [4, 0] }, { kind: 'begins_later', partition: 0, known: 0, actual: 4 }],
    ['ends earlier', { end: [9, 0] }, { kind: 'ends_earlier', partition: 0, known: 10, actual: 9 }],
    ['has another first record', { firsts: ['other', null] }, { kind: 'topic_recreated', partition: 0 }],
    ['has no first record any more', { firsts: [null, null] }, { kind: 'topic_recreated', partition: 0 }],
  ])('takes it for an incident when the log %s', (_, log, finding) => {
    const findings = judgeTopic(observed({ log }), WANTED, KNOWN);

    expect(findings).toEqual([finding]);
    expect(findings.every(isIncident)).toBe(true);
  });
});

describe(mergeKnown.name, () => {
  it('remembers how far the log went and what came first, once and for all', () => {
    const seen: KnownKafkaLog = { partitions: 5, begin: [3, 0], end: [8, 2], firsts: ['other', 'second'] };

    expect(mergeKnown(KNOWN, seen)).toEqual({
      partitions: 2,
      begin: [0, 0],
      end: [10, 2],
      firsts: ['first', 'second'],
    });
    expect(mergeKnown(undefined, seen)).toBe(seen);
  });
});

describe(wantedReplication.name, () => {
  const topic = { name: 'events', partitions: 1 };

  it('survives the loss of a broker unless less is asked for', () => {
    expect(wantedReplication(topic)).toEqual({ factor: 3, minInSync: 2 });
    expect(wantedReplication({ ...topic, replicationFactor: 1 })).toEqual({ factor: 1, minInSync: 1 });
    expect(wantedReplication({ ...topic, replicationFactor: 5, minInSyncReplicas: 3 })).toEqual({
      factor: 5,
      minInSync: 3,
    });
  });

  it('is refused where it can not be had', () => {
    expect(replicationFaults({ factor: 3, minInSync: 2 }, 3)).toEqual([]);
    expect(replicationFaults({ factor: 3, minInSync: 2 }, 2)).toHaveLength(1);
    expect(replicationFaults({ factor: 1, minInSync: 2 }, 3)).toHaveLength(1);
  });
});
