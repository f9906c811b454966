import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { ChangingSource, CORRECTING, SUPERSEDE } from '../../test/support/changing-source.js';
import { RecordingRoom } from '../../test/support/recording-room.js';
import { entry, HASH, request } from '../../test/support/vault-entries.js';
import { readEntry } from '../domain/entry.js';
import { partitionHash } from '../domain/partition-hash.js';
import type { SourcedEvent } from '../domain/sourced-event.js';
import { VAULT_DEFAULTS } from '../sources/vault/vault.config.js';
import { VaultSource } from '../sources/vault/vault.source.js';

const newFolder = temporaryFolders();
const open: RecordingRoom[] = [];

afterEach(async () => {
  for (const room of open.splice(0)) await room.close();
});

async function setup() {
  const source = new ChangingSource();
  const room = await RecordingRoom.open({ folder: newFolder(), sources: [source] });
  open.push(room);
  const send = (supersede = false) =>
    room.post('changing', [{ id: 'a' }, { id: 'b' }], supersede ? SUPERSEDE : {}, CORRECTING);
  const remap = (mapping: number, reading: ChangingSource['reading']) => {
    source.mapping = mapping;
    source.reading = reading;
  };
  return { room, send, remap };
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

  it('stays in the partition of what it corrects, whatever it calls the secret', async () => {
    const { room, send, remap } = await setup();
    await send();
    remap(2, onlyA({ secrets: [{ store: 's', scope: '', path: ['another'] }] }));

    await send(true);

    const records = await room.log.read({ epoch: 1, next: [0] }, 10);
    const hashes = records
      .filter(({ entry: bytes }) => readEntry(bytes).source.kind === 'changing')
      .filter(({ entry: bytes }) => readEntry(bytes).action === 'secret.read')
      .map(({ partitionHash: chosen }) => chosen);
    expect(hashes).toHaveLength(3);
    expect(new Set(hashes)).toEqual(new Set([partitionHash('s:default::p')]));
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

  it('supersedes one event once, however often a delivery holds its record', async () => {
    const { room, send, remap } = await setup();
    await send();
    remap(2, onlyA({ outcome: 'success' }));

    const twice = await room.post('changing', [{ id: 'a' }, { id: 'a' }], SUPERSEDE, CORRECTING);

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

    const { items } = await room.post('vault', [record], SUPERSEDE, CORRECTING);

    expect(items.map(({ status }) => status)).toEqual(['superseded']);
    expect((await room.recorded()).map(({ entry: { secrets } }) => secrets?.[0]?.path)).toEqual([
      'team/kv/data/app',
      'team/kv/app',
    ]);
  });

  it('is refused to a key that may only write, with nothing recorded', async () => {
    const { room, send, remap } = await setup();
    await send();
    remap(2, onlyA({ outcome: 'failure' }));
    const before = await room.stored();

    await expect(room.post('changing', [{ id: 'a' }], SUPERSEDE)).rejects.toMatchObject({
      code: 'ACCESS.DENIED',
      facts: { permission: 'events:supersede' },
    });

    expect(await room.stored()).toEqual(before);
  });

  it('records as usual what is not stored yet', async () => {
    const { send } = await setup();

    expect(statuses(await send(true))).toEqual(['recorded', 'recorded']);
  });
});
