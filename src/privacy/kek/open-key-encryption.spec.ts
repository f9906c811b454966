import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventLog } from '../../../test/support/memory/memory-event-log.js';
import { MemoryStateStore } from '../../../test/support/memory/memory-state-store.js';
import { KEK_DOCUMENT } from './kek-document.js';
import { KekFile } from './kek-file.js';
import { formatKekRing, newKek } from './kek.js';
import { openKeyEncryption } from './open-key-encryption.js';

const NOW = '2026-11-22T12:00:00.000Z';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keytrail-kek-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function setup() {
  const file = KekFile.in(folder, undefined);
  const stores = { file, state: new MemoryStateStore(), log: new MemoryEventLog() };
  return { stores, path: join(folder, 'kek') };
}

function refusal(code: string) {
  return expect.objectContaining({ code });
}

describe(openKeyEncryption.name, () => {
  it('makes the key at the first start, readable by its owner alone', async () => {
    const { stores, path } = setup();

    const opened = await openKeyEncryption(stores, NOW);

    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stores.state.get(KEK_DOCUMENT))?.value).toMatchObject({ kekId: opened.current.id, since: NOW });
    expect(stores.state.dump()).not.toContain(
      (JSON.parse(await readFile(path, 'utf8')) as { keys: [{ key: string }] }).keys[0].key,
    );
  });

  it('opens the same keys at every later start', async () => {
    const { stores } = setup();
    const first = await openKeyEncryption(stores, NOW);

    const second = await openKeyEncryption(stores, '2027-01-01T00:00:00.000Z');

    expect(second.identityKey).toEqual(first.identityKey);
    expect(second.current.id).toBe(first.current.id);
  });

  it('goes on after a crash between the file and the documents', async () => {
    const { stores } = setup();
    const kek = newKek(NOW);
    await stores.file.write([kek]);

    expect((await openKeyEncryption(stores, NOW)).current.id).toBe(kek.id);
  });

  it('refuses another key', async () => {
    const { stores, path } = setup();
    await openKeyEncryption(stores, NOW);
    await writeFile(path, formatKekRing([newKek(NOW)]));

    await expect(openKeyEncryption(stores, NOW)).rejects.toEqual(refusal('PRIVACY.KEK_MISMATCH'));
  });

  it('refuses a folder whose key is gone, and makes no new one', async () => {
    const { stores, path } = setup();
    await openKeyEncryption(stores, NOW);
    await rm(path);

    await expect(openKeyEncryption(stores, NOW)).rejects.toEqual(refusal('PRIVACY.KEK_MISSING'));
    await expect(stat(path)).rejects.toThrow();
  });

  it('refuses data keys without the key that wraps them, even when no document tells of it', async () => {
    const { stores } = setup();
    await stores.state.put({ collection: 'data-keys', id: 'sub_a.2026-Q4', expected: 0, value: { wrapped: '' } });

    await expect(openKeyEncryption(stores, NOW)).rejects.toEqual(refusal('PRIVACY.KEK_MISSING'));
  });

  it('refuses events whose state store is gone', async () => {
    const { stores } = setup();
    await openKeyEncryption(stores, NOW);
    await stores.log.append([{ id: 'a', day: 0, partitionHash: 0, entry: Buffer.from('{}'), encrypted: Buffer.of() }]);

    await expect(openKeyEncryption({ ...stores, state: new MemoryStateStore() }, NOW)).rejects.toEqual(
      refusal('PRIVACY.IDENTITY_KEY_MISSING'),
    );
  });

  it("never makes the operator's own file", async () => {
    const { stores } = setup();
    const file = KekFile.in(folder, join(folder, 'mine'));

    await expect(openKeyEncryption({ ...stores, file }, NOW)).rejects.toEqual(refusal('PRIVACY.KEK_MISSING'));
  });

  it("takes the operator's own key as it is", async () => {
    const { stores } = setup();
    const kek = newKek(NOW);
    await writeFile(join(folder, 'mine'), Buffer.from(kek.key.expose('spec')).toString('base64'), { mode: 0o640 });
    const file = KekFile.in(folder, join(folder, 'mine'));

    expect((await openKeyEncryption({ ...stores, file }, NOW)).current.id).toBe(kek.id);
    expect(await file.isOpenToOthers()).toBe(true);
  });
});
