/** Something about the topic that is not as it should be. */
export type TopicFinding =
  /** A setting that Keytrail did not give, or that somebody changed. */
  | { readonly kind: 'setting_drift'; readonly name: string; readonly expected: string; readonly actual: string }
  | {
      readonly kind: 'replication_too_low';
      readonly partition: number;
      readonly expected: number;
      readonly actual: number;
    }
  | {
      readonly kind: 'replicas_out_of_sync';
      readonly partition: number;
      readonly replicas: number;
      readonly inSync: number;
    }
  | { readonly kind: 'no_leader'; readonly partition: number }
  /** They stay unused: an event's partition is final. */
  | { readonly kind: 'partitions_added'; readonly known: number; readonly actual: number }
  // From here on: the log is not, or no longer wholly, the one that was known.
  | { readonly kind: 'topic_missing' }
  | { readonly kind: 'partitions_missing'; readonly known: number; readonly actual: number }
  | { readonly kind: 'topic_recreated'; readonly partition: number }
  | { readonly kind: 'begins_later'; readonly partition: number; readonly known: number; readonly actual: number }
  | { readonly kind: 'ends_earlier'; readonly partition: number; readonly known: number; readonly actual: number };

const INCIDENTS = new Set<TopicFinding['kind']>([
  'topic_missing',
  'partitions_missing',
  'topic_recreated',
  'begins_later',
  'ends_earlier',
]);

/** True when events that were recorded may be gone: never to be gone on from as if nothing were. */
export function isIncident({ kind }: TopicFinding): boolean {
  return INCIDENTS.has(kind);
}
