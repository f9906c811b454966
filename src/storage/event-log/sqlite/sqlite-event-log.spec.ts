import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contents, record, records } from '../../../../test/contract/log-record.js';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { SqliteEventLog } from './sqlite-event-log.js';

const START = { epoch: 1, next: [0] };

describe(SqliteEventLog.name, () => {
  const newFolder = temporaryFolders();
  const opened: { close(): unknown }[] = [];
  let path: string;

  beforeEach(() => {
    path = join(newFolder(), 'events.sqlite');
  });
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  function inThread(options: { busyMs?: number; maxPages?: number } = {}): SqliteEventLog {
    return closing(SqliteEventLog.inThread({ path, busyMs: 50, ...options }));
  }
  async function threaded(options: { busyMs: number; waitMs: number; maxPages?: number }): Promise<SqliteEventLog> {
    return closing(await SqliteEventLog.threaded({ path, ...options }));
  }
  function direct(): DatabaseSync {
    return closing(new DatabaseSync(path));
  }
  function closing<Opened extends { close(): unknown }>(one: Opened): Opened {
    opened.push(one);
    return one;
  }

  describe('the file', () => {
    it('is laid out for fast appends that survive a power cut', () => {
      inThread();

      const pragmas = ['page_size', 'journal_mode', 'user_version'].map((name) =>
        direct().prepare(`PRAGMA ${name}`).get(),
      );
      expect(pragmas.map((row) => ({ ...row }))).toEqual([
        { page_size: 16_384 },
        { journal_mode: 'wal' },
        { user_version: 1 },
      ]);
    });

    it.each([
      ['an entry changes', `UPDATE events SET entry = x'00'`],
      ['an encrypted part changes', `UPDATE events SET encrypted = x'00'`],
      ['an event moves', `UPDATE events SET position = 7, encrypted = x''`],
      ['an id changes with the clearing', `UPDATE events SET id = randomblob(16), encrypted = x''`],
      ['a partition hash changes with the clearing', `UPDATE events SET partition_hash = 7, encrypted = x''`],
      ['an event goes', 'DELETE FROM events'],
      ['an event is replaced at its position', `REPLACE INTO events ${another('position')}`],
      ['an event is replaced by its id', `INSERT OR REPLACE INTO events ${another('day, id')}`],
      ['the same without a position', `REPLACE INTO events ${another('day, id', 'NULL')}`],
      [
        'an upsert changes an event',
        `INSERT INTO events ${another('position')} ON CONFLICT DO UPDATE SET entry = x'00'`,
      ],
      ['an update replaces another event', 'UPDATE OR REPLACE events SET position = position + 1'],
    ])('refuses that %s', async (_, sql) => {
      const sut = inThread();
      await sut.append([record('one')]);

      expect(() => {
        direct().exec(sql);
      }).toThrow(/an event (is final|stays)/);
      expect((await sut.read(START, 9)).map(contents)).toEqual([contents(record('one'))]);
    });

    it('gets the guard against replacing when an earlier version made it', async () => {
      const before = SqliteEventLog.inThread({ path, busyMs: 50 });
      await before.append([record('one')]);
      await before.close();
      const foreign = direct();
      foreign.exec('DROP TRIGGER events_are_new');

      const sut = inThread();

      expect(() => {
        foreign.exec(`REPLACE INTO events ${another('position')}`);
      }).toThrow('an event is final');
      expect((await sut.read(START, 9)).map(contents)).toEqual([contents(record('one'))]);
    });

    it('lets an encrypted part be cleared', async () => {
      const sut = inThread();
      await sut.append([record('one')]);

      direct().exec(`UPDATE events SET encrypted = x''`);

      const cleared = { ...record('one'), encrypted: new Uint8Array() };
      expect((await sut.read(START, 9)).map(contents)).toEqual([contents(cleared)]);
    });

    it('is refused when a newer version wrote it, which is named', () => {
      inThread();
      direct().exec(`PRAGMA user_version = 2; UPDATE meta SET value = '9.1.0' WHERE name = 'needs'`);

      expect(() => inThread()).toThrow(
        expect.objectContaining({ code: 'STORAGE.NEWER_DATA', facts: { store: 'event_log', needed: '9.1.0' } }),
      );
    });

    it('is told as damaged when it is no database', async () => {
      writeFileSync(path, 'this is not a database, whatever its name says'.repeat(100));

      const damaged = { code: 'STORAGE.DAMAGED', facts: { store: 'event_log' } };
      expect(() => inThread()).toThrow(expect.objectContaining(damaged));
      await expect(threaded({ busyMs: 50, waitMs: 5_000 })).rejects.toMatchObject(damaged);
    });

    it('is told as damaged when an event was taken out behind our back', async () => {
      const sut = inThread();
      await sut.append(records(5));
      direct().exec('DROP TRIGGER events_stay; DELETE FROM events WHERE position = 2');

      await expect(sut.read(START, 9)).rejects.toMatchObject({ code: 'STORAGE.DAMAGED', facts: { missing: 2 } });
    });
  });

  describe('trouble', () => {
    it('writes nothing where it could not tell the positions', async () => {
      const sut = inThread();
      renameSync(path, `${path}.away`);

      await expect(sut.append([record('one')])).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });

      renameSync(`${path}.away`, path);
      expect(await sut.end()).toEqual(START);
      expect(await sut.append([record('one')])).toMatchObject([{ duplicate: false, position: { offset: 0 } }]);
    });

    it('takes no event onto a full disk, and goes on when there is space', async () => {
      const options = { busyMs: 50, maxPages: 20 };
      const sut = closing(SqliteEventLog.inThread(Object.assign(options, { path })));
      await sut.append(records(10));
      const large = { ...record('large'), entry: Buffer.alloc(400_000, 'x') };

      await expect(sut.append([record('small'), large])).rejects.toMatchObject({
        code: 'STORAGE.DISK_FULL',
        facts: { store: 'event_log' },
      });
      expect(await sut.end()).toEqual({ epoch: 1, next: [10] });

      options.maxPages = 1000;
      expect(await sut.append([record('small'), large])).toHaveLength(2);
      expect(await sut.end()).toEqual({ epoch: 1, next: [12] });
    });

    it('says across threads that the disk is full', async () => {
      const sut = await threaded({ busyMs: 50, waitMs: 5_000, maxPages: 10 });

      const large = { ...record('large'), entry: Buffer.alloc(400_000, 'x') };
      await expect(sut.append([large])).rejects.toMatchObject({ code: 'STORAGE.DISK_FULL' });
      expect(await sut.end()).toEqual(START);
    });

    it('waits for a lock for a bounded time, and goes on when it is free', async () => {
      const sut = await threaded({ busyMs: 100, waitMs: 5_000 });
      const other = direct();
      other.exec('BEGIN IMMEDIATE');

      await expect(sut.append(records(1))).rejects.toMatchObject({
        code: 'STORAGE.UNAVAILABLE',
        facts: { store: 'event_log', reason: 'locked' },
      });
      other.exec('ROLLBACK');

      expect(await sut.append(records(1))).toMatchObject([{ duplicate: false }]);
    });

    it.each(['events.sqlite', 'events.sqlite-wal'])(
      'acknowledges nothing when %s is deleted under it',
      async (name) => {
        const sut = await threaded({ busyMs: 100, waitMs: 5_000 });
        await sut.append(records(3));
        rmSync(join(dirname(path), name));

        await expect(sut.append([record('lost')])).rejects.toMatchObject({
          code: 'STORAGE.UNAVAILABLE',
          facts: { store: 'event_log', reason: 'missing' },
        });
      },
    );

    it('begins no new log when its file is gone and its thread starts again', async () => {
      const sut = await threaded({ busyMs: 100, waitMs: 5_000 });
      await sut.append(records(3));
      rmSync(path);

      for (let attempt = 0; attempt < 3; attempt += 1)
        await expect(sut.append([record('lost')])).rejects.toMatchObject({ facts: { reason: 'missing' } });
      expect(existsSync(path)).toBe(false);
    });

    it('still reads while another holds the lock', async () => {
      const sut = inThread();
      await sut.append(records(3));
      direct().exec('BEGIN IMMEDIATE');

      expect(await sut.read(START, 9)).toHaveLength(3);
    });

    it('answers in time when its thread hangs, and writes nothing of it later', async () => {
      const sut = await threaded({ busyMs: 1_500, waitMs: 100 });
      const other = direct();
      other.exec('BEGIN IMMEDIATE');
      const started = performance.now();

      await expect(sut.append([record('given up')])).rejects.toMatchObject({
        code: 'INGESTION.UNAVAILABLE',
        facts: { store: 'event_log', waitMs: 100, outcome: 'nothing_written' },
      });
      expect(performance.now() - started).toBeLessThan(1_000);
      other.exec('ROLLBACK');

      const woken = new Promise<void>((resolve) => sut.subscribe(resolve));
      await expect(eventually(() => sut.append([record('later')]))).resolves.toMatchObject([{ duplicate: false }]);
      await woken;
      expect((await sut.read(START, 9)).map(contents)).toEqual([contents(record('later'))]);
    });

    it('refuses to append where it was opened for reading', async () => {
      inThread();
      const sut = closing(SqliteEventLog.reading({ path, busyMs: 50 }));

      await expect(sut.append(records(1))).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
      expect(await sut.end()).toEqual(START);
    });
  });

  it('has every acknowledged event once after its process was killed', async () => {
    const acknowledged = await appendUntilKilled(path, 40);

    const sut = inThread();
    const stored = await sut.read(START, 1_000_000);

    expect(acknowledged).toBeGreaterThanOrEqual(40);
    expect(stored.length).toBeGreaterThanOrEqual(acknowledged);
    // In the order of the child's appends, whole, none twice.
    expect(stored.map(contents)).toEqual(records(stored.length, 'killed').map(contents));
  });
});

/** Repeats what fails while the thread is still busy. */
async function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'INGESTION.UNAVAILABLE')) throw error;
    }
  }
}

/** Appends in another process, kills it in the middle, and answers how many events it had been told were recorded. */
async function appendUntilKilled(path: string, atLeast: number): Promise<number> {
  const dist = new URL('../../../../dist/', import.meta.url).href;
  const script = `
    const { SqliteEventLog } = await import('${dist}storage/event-log/sqlite/sqlite-event-log.js');
    const { eventUuid } = await import('${dist}domain/uuid.js');
    const { partitionHash } = await import('${dist}domain/partition-hash.js');
    const log = await SqliteEventLog.threaded(${JSON.stringify({ path, busyMs: 1_000, waitMs: 5_000 })});
    const record = (name) => ({
      id: eventUuid(name), day: 20000, partitionHash: partitionHash(name),
      entry: Buffer.from(JSON.stringify({ name, text: ('the entry of ' + name).repeat(5) })),
      encrypted: Buffer.from('encrypted ' + name),
    });
    for (let n = 0; ; n += 10) {
      const answers = await log.append(Array.from({ length: 10 }, (_, k) => record('killed-' + (n + k))));
      process.stdout.write(answers.length + '\\n');
    }`;
  // A file, as a thread can't start in a process whose program came on the command line.
  const file = join(dirname(path), 'append.mjs');
  writeFileSync(file, script);
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let acknowledged = 0;
  let rest = '';
  for await (const chunk of child.stdout) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    acknowledged += lines.reduce((sum, line) => sum + Number(line), 0);
    if (acknowledged >= atLeast) child.kill('SIGKILL');
  }
  await exited;
  return acknowledged;
}

/** The rows of the log with another entry: the same in `kept`, else new. */
function another(kept: 'position' | 'day, id', position = 'position + 1000'): string {
  return kept === 'position'
    ? `SELECT position, day, randomblob(16), x'00', x'', 0 FROM events WHERE true`
    : `SELECT ${position}, day, id, x'00', x'', 0 FROM events WHERE true`;
}
