import { partitionHash } from '../../src/domain/partition-hash.js';
import { eventUuid } from '../../src/domain/uuid.js';
import type { LogRecord, StoredRecord } from '../../src/storage/event-log/event-log.port.js';

export const DAY = 20_000;

/** A record whose bytes follow from its name, so that a torn or mixed-up one shows. */
export function record(name: string | number, day = DAY): LogRecord {
  const entry = Buffer.from(JSON.stringify({ name, text: `the entry of ${name}`.repeat(5) }));
  return {
    id: eventUuid(String(name)),
    day,
    partitionHash: partitionHash(String(name)),
    entry,
    encrypted: Buffer.from(`encrypted ${name}`),
  };
}

export function records(count: number, prefix = 'event'): LogRecord[] {
  return Array.from({ length: count }, (_, n) => record(`${prefix}-${n}`));
}

/** What a stored record holds, in a form that compares. */
export function contents({ id, partitionHash, entry, encrypted }: Omit<StoredRecord, 'position'>): string[] {
  return [id, String(partitionHash), Buffer.from(entry).toString(), Buffer.from(encrypted).toString()];
}
