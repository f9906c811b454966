/**
 * What is remembered of the log outside of it, as nothing at the brokers would tell that the topic was made anew. JSON.
 * Offsets and ids are those of the partitions by number.
 */
export interface KnownKafkaLog {
  /** Among how many partitions events are spread: as many as there were when the log began. */
  readonly partitions: number;
  readonly begin: readonly number[];
  readonly end: readonly number[];
  /** The id of the first record; `null` where there was none yet. */
  readonly firsts: readonly (string | null)[];
}

/** What is known after another look. Where the log begins is known once and for all. */
export function mergeKnown(known: KnownKafkaLog | undefined, seen: KnownKafkaLog): KnownKafkaLog {
  if (!known) return seen;
  return {
    partitions: known.partitions,
    begin: known.begin,
    end: known.end.map((offset, partition) => Math.max(offset, seen.end[partition] ?? 0)),
    firsts: known.firsts.map((first, partition) => first ?? seen.firsts[partition] ?? null),
  };
}
