import { hash } from 'node:crypto';

/**
 * What a partitioned log takes modulo its number of partitions: the first four bytes of the SHA-256 of a key that is taken
 * from the native record alone, so that a record that comes again goes where it went before. Stored with the event, as it
 * can't be told from an entry whose person has been forgotten.
 */
export function partitionHash(key: string): number {
  return hash('sha256', key, 'buffer').readUInt32BE(0);
}

/** Where Keytrail's own events and outboxes go. */
export const OWN_PARTITION_HASH = partitionHash('keytrail');
