import type { Entry } from '../../src/domain/entry.js';
import type { Identity } from '../../src/domain/identity.js';
import { parseTimestamp } from '../../src/domain/timestamp.js';
import { readActivityRow, type ActivityRow } from '../../src/reporting/domain/activity-row.js';
import type { ViewDocument } from '../../src/storage/read-store/read-store.port.js';
import { trailEventsProjection } from '../../src/trail/projections/trail-events.projection.js';

let offsets = 0;

/** An entry that a spec changes where it matters: a successful read of one secret by one person. */
export function trailEntry(change: Partial<Entry> = {}): Entry {
  offsets += 1;
  return {
    v: 1,
    id: `00000000-0000-5000-8000-${String(offsets).padStart(12, '0')}`,
    tenant: 'default',
    environment: 'production',
    action: 'secret.read',
    outcome: 'success',
    occurredAt: '2026-01-15T10:30:00Z',
    recordedAt: '2026-01-15T10:30:01.000Z',
    source: { kind: 'vault', instance: 'prod', mapping: 1 },
    actor: { kind: 'user', subject: 'sub_anna' },
    secrets: [{ uid: 'vault:prod::kv/db', store: 'vault', path: 'kv/db' }],
    digests: [],
    ...change,
  };
}

/** The trail's document of an entry, by the trail's own projection. */
export function trailDocument(entry: Entry, identity: Identity = {}, offset = offsets): ViewDocument {
  const position = { epoch: 1, partition: 0, offset };
  const event = { position, entry, entryText: JSON.stringify(entry), identity };
  const [write] = trailEventsProjection.project(event);
  if (!write || write.kind === 'delete') throw new Error('the trail shows every entry');
  return write.document;
}

export function activityRow(change: Partial<Entry> = {}, identity: Identity = {}): ActivityRow {
  return readActivityRow(trailDocument(trailEntry(change), identity));
}

export function sortKeyOf(time: string): string {
  return parseTimestamp(time)?.sortKey ?? '';
}
