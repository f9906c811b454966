import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { SqliteStateStore } from './sqlite-state-store.js';

const KEY = { collection: 'keys', id: 'one' };
const LARGE = { text: 'x'.repeat(400_000) };

describe(`${SqliteStateStore.name} in trouble`, () => {
  const newFolder = temporaryFolders();
  const opened: { close(): unknown }[] = [];
  let path: string;

  beforeEach(() => {
    path = join(newFolder(), 'state.sqlite');
  });
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  function inThread(options: { maxPages?: number } = {}): SqliteStateStore {
    return closing(SqliteStateStore.inThread(Object.assign(options, { path, busyMs: 50 })));
  }
  async function threaded(options: { busyMs: number; waitMs: number; maxPages?: number }): Promise<SqliteStateStore> {
    return closing(await SqliteStateStore.threaded({ path, ...options }));
  }
  function direct(): DatabaseSync {
    return closing(new DatabaseSync(path));
  }
  function closing<Opened extends { close(): unknown }>(one: Opened): Opened {
    opened.push(one);
    return one;
  }

  describe('with a full disk', () => {
    const full = { code: 'STORAGE.DISK_FULL', facts: { store: 'state_store' } };

    it('changes nothing, and goes on when there is space', async () => {
      const options = { maxPages: 30 };
      const sut = inThread(options);
      await sut.put({ ...KEY, expected: 0, value: { n: 1 } });

      await expect(sut.put({ ...KEY, expected: 1, value: LARGE, events: [{ id: 'told' }] })).rejects.toMatchObject(
        full,
      );
      expect(await sut.get(KEY)).toMatchObject({ version: 1, value: { n: 1 }, outbox: [] });
      const many = [
        { collection: 'keys', id: 'small', value: {} },
        { collection: 'keys', id: 'large', value: LARGE },
      ];
      await expect(sut.createMany(many)).rejects.toMatchObject(full);
      expect(await sut.list('keys')).toHaveLength(1);
      expect(await sut.withOutbox(9)).toEqual([]);

      options.maxPages = 1_000;
      expect(await sut.put({ ...KEY, expected: 1, value: LARGE })).toMatchObject({ version: 2 });
      expect(await sut.createMany(many)).toHaveLength(2);
    });

    it('says so across threads', async () => {
      const sut = await threaded({ busyMs: 50, waitMs: 5_000, maxPages: 20 });

      await expect(sut.put({ ...KEY, expected: 0, value: LARGE })).rejects.toMatchObject(full);
      expect(await sut.get(KEY)).toBeUndefined();
    });
  });

  describe('when another process locks it', () => {
    it('waits for a bounded time, still reads, and goes on when it is free', async () => {
      const sut = await threaded({ busyMs: 100, waitMs: 5_000 });
      await sut.put({ ...KEY, expected: 0, value: { n: 1 } });
      const other = direct();
      other.exec('BEGIN IMMEDIATE');

      const locked = { code: 'STORAGE.UNAVAILABLE', facts: { store: 'state_store', reason: 'locked' } };
      await expect(sut.put({ ...KEY, expected: 1, value: { n: 2 } })).rejects.toMatchObject(locked);
      await expect(sut.createMany([{ collection: 'keys', id: 'two', value: {} }])).rejects.toMatchObject(locked);
      expect(await sut.get(KEY)).toMatchObject({ version: 1, value: { n: 1 } });
      other.exec('ROLLBACK');

      expect(await sut.put({ ...KEY, expected: 1, value: { n: 2 } })).toMatchObject({ version: 2 });
    });

    it('answers in time when its thread hangs, and writes nothing of it later', async () => {
      const sut = await threaded({ busyMs: 1_500, waitMs: 100 });
      const other = direct();
      other.exec('BEGIN IMMEDIATE');

      await expect(sut.put({ ...KEY, expected: 0, value: { n: 1 } })).rejects.toMatchObject({
        code: 'STORAGE.UNAVAILABLE',
        facts: { store: 'state_store', waitMs: 100, outcome: 'nothing_written' },
      });
      other.exec('ROLLBACK');

      await eventually(() => sut.put({ collection: 'keys', id: 'later', expected: 0, value: {} }));
      expect(await sut.get(KEY)).toBeUndefined();
    });
  });

  describe('with a damaged file', () => {
    const damaged = { code: 'STORAGE.DAMAGED', facts: { store: 'state_store' } };

    it('does not start on what is no database', async () => {
      writeFileSync(path, 'this is not a database, whatever its name says'.repeat(100));

      expect(() => inThread()).toThrow(expect.objectContaining(damaged));
      await expect(threaded({ busyMs: 50, waitMs: 5_000 })).rejects.toMatchObject(damaged);
    });

    it('tells of a page that is gone, and answers nothing from it', async () => {
      const before = SqliteStateStore.inThread({ path, busyMs: 50 });
      for (let n = 0; n < 200; n += 1)
        await before.put({ collection: 'keys', id: `k${n}`, expected: 0, value: { text: 'y'.repeat(200) } });
      await before.close();
      overwrite(path, documentsRoot(path));
      const sut = inThread();

      await expect(sut.list('keys')).rejects.toMatchObject(damaged);
      await expect(sut.put({ ...KEY, expected: 0, value: {} })).rejects.toMatchObject(damaged);
    });
  });

  describe('when its file is taken away', () => {
    const gone = { code: 'STORAGE.UNAVAILABLE', facts: { store: 'state_store', reason: 'missing' } };

    it('confirms no change and makes no new file, and goes on when it is put back', async () => {
      const sut = inThread();
      await sut.put({ ...KEY, expected: 0, value: { n: 1 } });
      renameSync(path, `${path}.away`);

      await expect(sut.put({ ...KEY, expected: 1, value: { n: 2 } })).rejects.toMatchObject(gone);
      await expect(sut.get(KEY)).rejects.toMatchObject(gone);
      renameSync(`${path}.away`, path);

      expect(await sut.put({ ...KEY, expected: 1, value: { n: 2 } })).toMatchObject({ version: 2 });
    });

    it('confirms nothing that went into a deleted write-ahead log', async () => {
      const sut = inThread();
      await sut.put({ ...KEY, expected: 0, value: { n: 1 } });
      rmSync(`${path}-wal`);

      await expect(sut.put({ ...KEY, expected: 1, value: { n: 2 } })).rejects.toMatchObject(gone);
    });

    it('takes no other file for its own', async () => {
      const sut = inThread();
      await sut.put({ ...KEY, expected: 0, value: { n: 1 } });
      const copy = readFileSync(path);
      rmSync(path);
      writeFileSync(path, copy);

      await expect(sut.put({ ...KEY, expected: 1, value: { n: 2 } })).rejects.toMatchObject({
        code: 'STORAGE.UNAVAILABLE',
        facts: { store: 'state_store', reason: 'replaced' },
      });
    });
  });

  it('makes files that only its user can read', async () => {
    await inThread().put({ ...KEY, expected: 0, value: {} });

    expect(['', '-wal', '-shm'].map((end) => statSync(path + end).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });
});

function documentsRoot(path: string): number {
  const database = new DatabaseSync(path);
  const row = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'documents'`).get();
  database.close();
  return Number(row?.['rootpage']);
}

/** @param page from 1 */
function overwrite(path: string, page: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4_096), 0, 4_096, (page - 1) * 4_096);
  closeSync(file);
}

/** Repeats what fails while the thread is still busy. */
async function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'STORAGE.UNAVAILABLE')) throw error;
    }
  }
}
