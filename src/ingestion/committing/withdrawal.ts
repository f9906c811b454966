import { EVENT_WITHDRAWN } from '../../domain/action.js';
import { canonicalJson } from '../../domain/canonical-json.js';
import { readEntry } from '../../domain/entry.js';
import type { LogRecord, StoredRecord } from '../../storage/event-log/event-log.port.js';

const NOTHING_ENCRYPTED = Buffer.from('[]');

export interface Withdrawn {
  /** What is shown of the event now. */
  readonly newest: StoredRecord;
  /** The id of its first reading. */
  readonly first: string;
}

/** By whom, as what and when it is withdrawn. */
export interface WithdrawnBy {
  readonly id: string;
  readonly day: number;
  readonly mapping: number;
  readonly recordedAt: string;
}

/**
 * The reading of an event that is there no longer: a later mapping finds fewer events in its record, or its secrets in
 * fewer parts. It supersedes the event as a correction does, and being of `trail.*` it is shown only when asked for.
 */
export function withdrawal({ newest, first }: Withdrawn, { id, day, mapping, recordedAt }: WithdrawnBy): LogRecord {
  const before = readEntry(newest.entry);
  const { v, phase, tenant, environment, action, outcome, occurredAt, source, actor } = before;
  const text = canonicalJson({
    v,
    id,
    ...(phase && { phase }),
    tenant,
    environment,
    action: EVENT_WITHDRAWN,
    outcome: 'success',
    ...(occurredAt !== undefined && { occurredAt }),
    recordedAt,
    source: { ...source, mapping },
    actor: { kind: actor.kind, ...(actor.subject !== undefined && { subject: actor.subject }) },
    correlation: { supersedes: first },
    details: { event: before.id, action, outcome },
    digests: [],
  });
  return { id, day, partitionHash: newest.partitionHash, entry: Buffer.from(text), encrypted: NOTHING_ENCRYPTED };
}
