import type { OpenedEvent } from '../../src/consuming/opened-event.js';
import { canonicalJson } from '../../src/domain/canonical-json.js';
import type { Entry } from '../../src/domain/entry.js';
import { eventId, exchangeKey } from '../../src/domain/event-id.js';
import type { Identity } from '../../src/domain/identity.js';

type EntryChanges = Partial<Omit<Entry, 'source'>> & { readonly source?: Partial<Entry['source']> };

/** An entry as ingestion would write it: a successful read at Vault, changed as the test needs it. */
export function anEntry(changes: EntryChanges = {}): Entry {
  const source = { kind: 'vault', instance: 'prod', mapping: 1, ...changes.source };
  const key = source.nativeId ?? canonicalJson(changes);
  return {
    v: 1,
    id: eventId({ tenant: 'default', kind: source.kind, instance: source.instance, key, n: 0 }),
    tenant: 'default',
    environment: 'production',
    action: 'secret.read',
    outcome: 'success',
    occurredAt: '2026-11-22T10:00:00.123456789Z',
    recordedAt: '2026-11-22T10:00:01.500Z',
    actor: { kind: 'user', subject: 'sub_0123456789abcdefghij' },
    secrets: [aSecret('kv/app/db')],
    digests: [],
    ...changes,
    source,
  };
}

export function aSecret(path: string): NonNullable<Entry['secrets']>[number] {
  return { uid: `vault:prod::${path}`, store: 'vault', path };
}

/** One of the two events of an exchange. */
export function anExchangeEntry(requestId: string, phase: 'request' | 'response', changes: EntryChanges = {}): Entry {
  const { source, ...others } = changes;
  const entry = anEntry({
    phase,
    outcome: phase === 'request' ? 'unknown' : 'success',
    ...others,
    source: { ...source, nativeId: requestId },
  });
  const { kind, instance } = entry.source;
  return {
    ...entry,
    id: eventId({ tenant: entry.tenant, kind, instance, key: exchangeKey(requestId, phase), n: 0 }),
  };
}

/** The event at an offset of the log, its personal fields open. */
export function anOpenedEvent(offset: number, entry: Entry = anEntry(), identity: Identity = {}): OpenedEvent {
  return { position: { epoch: 1, partition: 0, offset }, entry, entryText: canonicalJson(entry), identity };
}
