import { canonicalJson } from '../../domain/canonical-json.js';
import { OWN_PARTITION_HASH } from '../../domain/partition-hash.js';
import type { LogRecord } from '../../storage/event-log/event-log.port.js';
import type { OutboxEvent } from '../../storage/state-store/state-store.port.js';

/** An own event as it waits in an outbox: ready but for the time at which it is appended. Its personal part is encrypted. */
interface ReadyEvent extends OutboxEvent {
  readonly day: number;
  /** The entry's text. */
  readonly entry: string;
  readonly encrypted: string;
}

export function readyEvent({ id, day, entry, encrypted }: LogRecord): ReadyEvent {
  return { id, day, entry: textOf(entry), encrypted: textOf(encrypted) };
}

/** The log record of a waiting event. @param recordedAt RFC 3339 */
export function readyRecord(event: OutboxEvent, recordedAt: string): LogRecord {
  const { id, day, entry, encrypted } = event as ReadyEvent;
  const stored = { ...(JSON.parse(entry) as Record<string, unknown>), recordedAt };
  return {
    id,
    day,
    partitionHash: OWN_PARTITION_HASH,
    entry: Buffer.from(canonicalJson(stored)),
    encrypted: Buffer.from(encrypted),
  };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
