import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { RecordingRoom } from '../../test/support/recording-room.js';
import { entry, HASH, request } from '../../test/support/vault-entries.js';
import type { SourcedEvent } from '../domain/sourced-event.js';
import { Source, type Understood } from '../sources/source.port.js';
import { VAULT_DEFAULTS } from '../sources/vault/vault.config.js';
import { VaultSource } from '../sources/vault/vault.source.js';

const newFolder = temporaryFolders();
const open: RecordingRoom[] = [];

afterEach(async () => {
  for (const room of open.splice(0)) await room.close();
});

/** A source whose understanding changes with its mapping. */
class ChangingSource extends Source {
  override readonly kind = 'changing';
  override readonly title = 'for this spec';
  override mapping = 1;
  reading: (record: { readonly id: string }) => Partial<SourcedEvent> = () => ({});

  override unwrap(value: unknown): readonly unknown[] {
    return [value];
  }

  override understand(value: unknown): Understood {
    const record = value as { readonly id: string };
    const event: SourcedEvent = {
      action: 'secret.read',
      outcome: 'unknown',
      occurredAt: '2026-11-22T10:00:00Z',
      key: record.id,
      actor: { kind: 'user', person: 0 },
      people: [{ kind: 'user', nativeId: 'maren', authenticated: true }],
      client: {},
      secrets: [{ store: 's', scope: '', path: ['p'] }],
      redactions: [],
      flags: [],
      ...this.reading(record),
    };
    return { kind: 'events', events: [event] };
  }
}

async function setup() {
  const source = new ChangingSource();
  const room = await RecordingRoom.open({ folder: newFolder(), sources: [source] });
  open.push(room);
  const send = (supersede = false) =>
    room.post('changing', [{ id: 'a' }, { id: 'b' }], supersede ? { supersede: { reason: 'mapping fixed' } } : {});
  const remap = (mapping: number, reading: ChangingSource['reading']) => {
    source.mapping = mapping;
    source.reading = reading;
  };
  return { room, send, remap, source };
}

const onlyA = (change: Partial<SourcedEvent>) => (record: { readonly id: string }) => (record.id === 'a' ? change : {});
const readEntryOf = (path: string) =>
  entry('response', request('read', path), { response: { data: { data: { a: HASH } } } });
const statuses = ({ items }: { readonly items: readonly { readonly status: string }[] }) =>
  items.map(({ status }) => status);

describe('a corrected mapping', () => {
  it('changes nothing by itself, but a replay says that it would', async () => {
    const { room, send, remap } = await setup();
    await send();
    remap(2, onlyA({ outcome: 'success' }));

    const { items, duplicates } = await send();

    expect(duplicates).toBe(2);
    expect(items.map((item) => item.status === 'duplicate' && item.wouldSupersede)).toEqual([true, undefined]);
    expect(await room.recorded()).toHaveLength(2);
    expect((await room.stored()).at(-1)?.entry.details).toMatchObject({ duplicates: 2, wouldSupersede: 1 });
  });

  it('supersedes what it changes, once, and the reason is kept apart', async () => {
    const { room, send, remap } = await setup();
    await send();
    remap(2, onlyA({ outcome: 'success' }));

    const first = await send(true);
    const second = await send(true);
    const plain = await send();

    expect([first, second, plain].map(statuses)).toEqual([
      ['superseded', 'duplicate'],
      ['duplicate', 'duplicate'],
      ['duplicate', 'duplicate'],
    ]);
    expect(plain.items[0]).not.toHaveProperty('wouldSupersede');
    const [a, , corrected, ...rest] = await room.recorded();
    expect(rest).toEqual([]);
    expect(corrected?.entry).toMatchObject({ outcome: 'success', correlation: { supersedes: a?.entry.id } });
    expect(corrected?.identity).toMatchObject({ actor: { nativeId: 'maren' } });
    const account = (await room.stored()).find(({ entry }) => entry.details?.['superseded'] === 1);
    expect(account?.identity.text).toBe('mapping fixed');
    expect(account?.entryText).not.toContain('mapping fixed');
  });

  it('sees what changed in personal fields alone', async () => {
    const { room, send, remap } = await setup();
    await send();
    remap(2, onlyA({ client: { address: '::1' } }));

    expect(statuses(await send(true))).toEqual(['superseded', 'duplicate']);
    expect((await room.recorded()).at(-1)?.identity.address).toBe('::1');
  });

  it('compares with the newest reading, so that a mapping set right again supersedes once more', async () => {
    const { room, send, remap } = await setup();
    await send();
    remap(2, onlyA({ outcome: 'success' }));
    await send(true);
    remap(3, () => ({}));

    expect(statuses(await send(true))).toEqual(['superseded', 'duplicate']);
    expect(statuses(await send(true))).toEqual(['duplicate', 'duplicate']);

    const [a, , , again] = await room.recorded();
    expect(again?.entry).toMatchObject({ outcome: 'unknown', correlation: { supersedes: a?.entry.id } });
  });

  it('corrects nothing with an older mapping than the stored one', async () => {
    const { send, remap } = await setup();
    remap(5, () => ({}));
    await send();
    remap(4, () => ({ outcome: 'failure' }));

    const { items } = await send(true);

    expect(items.map((item) => item.status === 'duplicate' && item.wouldSupersede)).toEqual([undefined, undefined]);
  });

  it('knows an event again that a later mapping gives its time', async () => {
    const { room, send, remap } = await setup();
    remap(1, () => ({ occurredAt: 'some day' }));
    await send();
    remap(2, () => ({}));

    const plain = await send();
    expect(plain.items.map((item) => item.status === 'duplicate' && item.wouldSupersede)).toEqual([true, true]);
    expect(statuses(await send(true))).toEqual(['superseded', 'superseded']);
    expect(await room.recorded()).toHaveLength(4);
  });

  it('records an event that a later mapping finds in a record whose first event has parts', async () => {
    const secrets = Array.from({ length: 300 }, (_, n) => ({
      store: 's',
      scope: '',
      path: [`${'p'.repeat(200)}/${n}`],
    }));
    const event: SourcedEvent = {
      ...{ action: 'secret.read', outcome: 'success', occurredAt: '2026-11-22T10:00:00Z', key: 'a' },
      ...{ actor: { kind: 'unknown' }, people: [], client: {}, secrets, redactions: [], flags: [] },
    };
    const { room, source } = await setup();
    source.understand = () => ({ kind: 'events', events: [event] });
    await room.post('changing', [{ id: 'a' }]);
    const parts = (await room.recorded()).length;
    source.mapping = 2;
    source.understand = () => ({ kind: 'events', events: [event, { ...event, action: 'secret.list', secrets: [] }] });

    await room.post('changing', [{ id: 'a' }]);

    expect(parts).toBeGreaterThan(1);
    expect((await room.recorded()).slice(parts).map(({ entry: { action } }) => action)).toEqual(['secret.list']);
  });

  it('supersedes one event once, however often a delivery holds its record', async () => {
    const { room, send, remap } = await setup();
    await send();
    remap(2, onlyA({ outcome: 'success' }));

    const twice = await room.post('changing', [{ id: 'a' }, { id: 'a' }], { supersede: { reason: 'mapping fixed' } });

    expect(statuses(twice)).toEqual(['superseded', 'duplicate']);
    expect(await room.recorded()).toHaveLength(3);
  });

  it('corrects what the operator has changed in the settings of a source', async () => {
    const folder = newFolder();
    const record = readEntryOf('team/kv/data/app');
    const mounts = [{ path: 'team/kv', type: 'kv', version: 2 as const }];
    const first = await RecordingRoom.open({ folder });
    await first.post('vault', [record]);
    await first.close();
    const corrected = new VaultSource({ ...VAULT_DEFAULTS, mapping: 2, mounts });
    const room = await RecordingRoom.open({ folder, sources: [corrected] });
    open.push(room);

    const { items } = await room.post('vault', [record], { supersede: { reason: 'mount list corrected' } });

    expect(items.map(({ status }) => status)).toEqual(['superseded']);
    expect((await room.recorded()).map(({ entry: { secrets } }) => secrets?.[0]?.path)).toEqual([
      'team/kv/data/app',
      'team/kv/app',
    ]);
  });

  it('records as usual what is not stored yet', async () => {
    const { send } = await setup();

    expect(statuses(await send(true))).toEqual(['recorded', 'recorded']);
  });
});
