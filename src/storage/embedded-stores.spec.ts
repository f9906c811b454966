import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { record } from '../../test/contract/log-record.js';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { openEmbeddedStores, type EmbeddedStores } from './embedded-stores.js';

const startedAt = new Date('2026-11-22T10:00:00Z');

function open(folder: string): Promise<EmbeddedStores> {
  return openEmbeddedStores({ folder, waitMs: 5_000, startedAt });
}

describe(openEmbeddedStores.name, () => {
  const newFolder = temporaryFolders();

  it('opens what it made, again and again', async () => {
    const folder = newFolder();
    const first = await open(folder);
    await first.eventLog.append([record('one')]);
    await first.close();

    const again = await open(folder);

    expect(await again.eventLog.end()).toEqual({ epoch: 1, next: [1] });
    await again.close();
  });

  it('puts no empty log in the place of a lost one', async () => {
    const folder = newFolder();
    await (await open(folder)).close();
    rmSync(join(folder, 'events.sqlite'));

    for (let start = 0; start < 2; start += 1) {
      await expect(open(folder)).rejects.toMatchObject({
        code: 'STORAGE.NOT_ON_THIS_LOG',
        facts: { store: 'event_log' },
      });
    }

    // Nothing holds the folder after a refusal.
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
