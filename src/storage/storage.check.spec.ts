import { chmodSync, closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from '@jest/globals';
import { records } from '../../test/contract/log-record.js';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { openEmbeddedStores, type EmbeddedStores } from './embedded-stores.js';
import { StorageCheck } from './storage.check.js';

const PAGE = 16_384;
let stores: EmbeddedStores;

afterEach(async () => {
  await stores.close();
});
const newFolder = temporaryFolders();

async function setup(): Promise<{ readonly sut: StorageCheck; readonly folder: string }> {
  const folder = newFolder();
  stores = await openEmbeddedStores({ folder, waitMs: 5_000, startedAt: new Date() });
  await stores.eventLog.append(records(2_000));
  return { sut: new StorageCheck(stores.folder), folder };
}

describe(StorageCheck.name, () => {
  it('finds nothing on whole files that others can not read', async () => {
    const { sut, folder } = await setup();

    expect((await sut.run()).map(({ name, state }) => [name, state])).toEqual([
      ['storage.events', 'good'],
      ['storage.state', 'good'],
      ['storage.views', 'good'],
      ['storage.private', 'good'],
    ]);
    chmodSync(folder, 0o755);
    expect(await sut.run()).toContainEqual({ name: 'storage.private', state: 'good', facts: { openToOthers: false } });
  });

  it('finds a damaged page that nobody has read', async () => {
    const { sut, folder } = await setup();
    const path = join(folder, 'events.sqlite');
    checkpoint(path);
    const middle = Math.floor(statSync(path).size / PAGE / 2);
    overwrite(path, middle);

    const [events] = await sut.run();

    expect(events).toMatchObject({ name: 'storage.events', state: 'bad' });
    expect(await stores.eventLog.end()).toEqual({ epoch: 1, next: [2_000] });
  });

  it('finds files that others can read', async () => {
    const { sut, folder } = await setup();
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'read.sqlite'), 0o644);

    const findings = await sut.run();

    expect(findings.at(-1)).toMatchObject({ name: 'storage.private', state: 'warning', facts: { openToOthers: true } });
  });
});

/** Brings everything from the write-ahead log into the file. */
function checkpoint(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

function overwrite(path: string, page: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(PAGE), 0, PAGE, page * PAGE);
  closeSync(file);
}
