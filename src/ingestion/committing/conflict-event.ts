import { canonicalJson } from '../../domain/canonical-json.js';
import { readEntry } from '../../domain/entry.js';
import { eventId } from '../../domain/event-id.js';
import type { LogRecord } from '../../storage/event-log/event-log.port.js';
import type { KeyedHash } from '../preparing/keyed-hash.js';
import type { PreparedEvent } from '../preparing/prepared-delivery.js';

const NOTHING_ENCRYPTED = Buffer.from('[]');

/**
 * Tells that a record came under the id of an event that says something else. It holds what the second record says of act
 * and secrets, but none of its personal fields: those are bound to an id that it did not get. Its own id follows from the
 * first event's and the record, so that the same contradiction is told once.
 */
export function conflictEvent(event: PreparedEvent, kind: string, keyedHash: KeyedHash): LogRecord {
  const { phase: _phase, part: _part, reason: _reason, digests: _digests, ...entry } = readEntry(event.entry);
  const id = eventId({
    tenant: entry.tenant,
    kind,
    instance: event.instance,
    key: `conflict:${event.id}:${keyedHash.of('conflict', event.nativeSha256)}`,
    n: event.n,
  });
  const text = canonicalJson({
    ...entry,
    id,
    action: 'trail.identity_conflict',
    outcome: 'unknown',
    details: { event: event.id, action: entry.action, outcome: entry.outcome },
    digests: [],
  });
  const { day, partitionHash } = event;
  return { id, day, partitionHash, entry: Buffer.from(text), encrypted: NOTHING_ENCRYPTED };
}
