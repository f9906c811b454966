import type { PartitionState } from '../wire/metadata-call.js';
import type { KnownKafkaLog } from './known-kafka-log.js';
import type { TopicFinding } from './topic-finding.js';
import { holds, topicSettings, type Replication } from './topic-settings.js';

export interface ObservedTopic {
  readonly partitions: readonly PartitionState[];
  readonly settings: ReadonlyMap<string, string>;
  /** Of the partitions that are used. */
  readonly log: KnownKafkaLog;
}

/** What is not as it should be. */
export function judgeTopic(
  observed: ObservedTopic,
  wanted: Replication,
  known: KnownKafkaLog = observed.log,
): readonly TopicFinding[] {
  return [
    ...drift(observed.settings, wanted),
    ...observed.partitions.flatMap((partition) => replicas(partition, wanted)),
    ...addedPartitions(observed, known),
    ...changes(observed.log, known),
  ];
}

function drift(settings: ReadonlyMap<string, string>, { minInSync }: Replication): TopicFinding[] {
  return topicSettings(minInSync)
    .filter((setting) => !holds(setting, settings.get(setting.name)))
    .map(({ name, value }) => ({
      kind: 'setting_drift',
      name,
      expected: value,
      actual: settings.get(name) ?? '',
    }));
}

function replicas({ partition, leader, replicas: all, inSync }: PartitionState, wanted: Replication): TopicFinding[] {
  const findings: TopicFinding[] = [];
  if (leader === undefined) findings.push({ kind: 'no_leader', partition });
  if (all.length < wanted.factor)
    findings.push({ kind: 'replication_too_low', partition, expected: wanted.factor, actual: all.length });
  if (inSync.length < all.length)
    findings.push({ kind: 'replicas_out_of_sync', partition, replicas: all.length, inSync: inSync.length });
  return findings;
}

function addedPartitions({ partitions }: ObservedTopic, known: KnownKafkaLog): TopicFinding[] {
  const actual = partitions.length;
  return actual > known.partitions ? [{ kind: 'partitions_added', known: known.partitions, actual }] : [];
}

function changes(seen: KnownKafkaLog, known: KnownKafkaLog): TopicFinding[] {
  return known.begin.flatMap((begin, partition) => {
    const findings: TopicFinding[] = [];
    const first = known.firsts[partition] ?? null;
    const [beginNow = 0, endNow = 0] = [seen.begin[partition], seen.end[partition]];
    const end = known.end[partition] ?? 0;
    if (beginNow > begin) findings.push({ kind: 'begins_later', partition, known: begin, actual: beginNow });
    else if (first !== null && seen.firsts[partition] !== first) findings.push({ kind: 'topic_recreated', partition });
    if (endNow < end) findings.push({ kind: 'ends_earlier', partition, known: end, actual: endNow });
    return findings;
  });
}
