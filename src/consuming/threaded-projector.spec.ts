import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { anEntry } from '../../test/support/an-event.js';
import { TrailLog } from '../../test/support/trail-log.js';
import type { Entry } from '../domain/entry.js';
import { RecordingLoad } from '../platform/recording-load.js';
import { SystemClock } from '../platform/system-clock.js';
import { WorkerThread } from '../platform/worker-threads/worker-thread.js';
import type { SubjectKeys } from '../privacy/subject-keys.port.js';
import type { BackOff } from './back-off.js';
import type { ConsumerStatus } from './consumer-status.js';
import { lagNow } from './lag-now.js';
import { ThreadedProjector } from './threaded-projector.js';

const folders = temporaryFolders();
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  jest.restoreAllMocks();
});

const clock = new SystemClock();

function setup(folder = folders(), backOff: BackOff = { first: 1, most: 4 }, silence = 60_000) {
  const keys = { open: () => Promise.resolve([]) } as unknown as SubjectKeys; // nothing is encrypted here
  const files = { events: join(folder, 'events.sqlite'), views: join(folder, 'read.sqlite') };
  const data = { files, busyMs: 2_000, queryMs: 1_000, load: new RecordingLoad().memory };
  const sut = new ThreadedProjector({ keys, clock }, data, { backOff, silence });
  ends.push(() => sut.stop());
  return { sut };
}

const numbered = (count: number, from = 0): Entry[] =>
  Array.from({ length: count }, (_, index) => anEntry({ source: { nativeId: `n-${from + index}` } }));

async function aLog(folder: string): Promise<TrailLog> {
  const trail = new TrailLog(folder);
  ends.push(() => trail.close());
  await trail.append(...numbered(3));
  return trail;
}

/** Resolves with the first status that fits. */
function statusOf(sut: ThreadedProjector, fits: (status: ConsumerStatus) => boolean): Promise<ConsumerStatus> {
  return new Promise((resolve) => {
    const look = (status: ConsumerStatus): void => {
      if (fits(status)) resolve(status);
    };
    sut.subscribe(look);
    sut.statuses().forEach(look);
  });
}

/** The thread that was started last. */
function lastThread(calls: { readonly mock: { readonly contexts: readonly unknown[] } }): WorkerThread {
  const thread = calls.mock.contexts.at(-1);
  if (!(thread instanceof WorkerThread)) throw new Error('no thread was started');
  return thread;
}

describe(ThreadedProjector.name, () => {
  it('says at once that nobody catches up where it was not started', async () => {
    const { sut } = setup();

    await expect(sut.caughtUp()).rejects.toMatchObject({ code: 'TRAIL.NOT_READY' });
    await expect(sut.rebuild()).rejects.toMatchObject({ code: 'TRAIL.NOT_READY' });
  });

  it('begins again when its thread is killed, says so, and goes on where the views stand', async () => {
    const folder = folders();
    const trail = await aLog(folder);
    const { sut } = setup(folder);
    const calls = jest.spyOn(WorkerThread.prototype, 'call');
    sut.start();
    await sut.caughtUp();
    const failing = statusOf(sut, ({ state }) => state === 'failing');

    await lastThread(calls).kill();

    expect(await failing).toMatchObject({ restarts: 1, lastError: { code: 'INTERNAL.UNEXPECTED' } });
    await trail.append(...numbered(2, 3));
    await sut.caughtUp();
    const running = await statusOf(sut, ({ state, views }) => state === 'running' && views[0]?.checkpoint === '1:0=5');
    expect(running).toMatchObject({ restarts: 1, lag: { events: 0 } });
    expect((await trail.store.query({ view: 'trail_events', limit: 10 })).documents).toHaveLength(5);
  });

  it('is further and further behind while no thread works, whatever it said last', async () => {
    const folder = folders();
    const trail = await aLog(folder);
    const { sut } = setup(folder, { first: 600_000, most: 600_000 });
    const calls = jest.spyOn(WorkerThread.prototype, 'call');
    sut.start();
    await sut.caughtUp();
    await statusOf(sut, ({ views }) => views.length > 0 && views.every(({ checkpoint }) => checkpoint === '1:0=3'));
    const failing = statusOf(sut, ({ state }) => state === 'failing');
    await lastThread(calls).kill();
    const status = await failing;
    await trail.append(...numbered(7, 3));

    expect(status.lag.events).toBe(0);
    const recorded = new Date('2026-11-22T10:01:01.500Z');
    expect(await lagNow(trail.log, status, recorded)).toEqual({ events: 7, seconds: 60 });
  });

  it('is failing while its thread hangs, and begins again', async () => {
    const folder = folders();
    const trail = await aLog(folder);
    const other = new DatabaseSync(join(folder, 'read.sqlite'));
    other.exec('BEGIN IMMEDIATE'); // the thread waits for it inside SQLite, and can say nothing
    const { sut } = setup(folder, { first: 1, most: 4 }, 400);
    sut.start();

    const failing = await statusOf(sut, ({ state }) => state === 'failing');
    other.close();

    expect(failing).toMatchObject({ restarts: 0, lastError: { code: 'STORAGE.UNAVAILABLE' } });
    await statusOf(sut, ({ state, restarts }) => state === 'running' && restarts > 0);
    await sut.caughtUp();
    expect((await trail.store.query({ view: 'trail_events', limit: 10 })).documents).toHaveLength(3);
  });

  it('leaves nobody waiting when a thread could not even begin', async () => {
    const folder = folders();
    const { sut } = setup(join(folder, 'not-there'));
    sut.start();
    const waiting = expect(sut.caughtUp()).rejects.toMatchObject({ code: 'TRAIL.NOT_READY' });
    await statusOf(sut, ({ restarts }) => restarts > 1);

    await sut.stop();

    await waiting;
    expect(sut.statuses()).toMatchObject([{ state: 'stopped' }]);
  });

  it('brings up to date who waited since before a start that failed', async () => {
    const folder = join(folders(), 'not-there');
    const { sut } = setup(folder);
    sut.start();
    const waiting = sut.caughtUp();
    await statusOf(sut, ({ restarts }) => restarts > 0);
    mkdirSync(folder);
    const trail = await aLog(folder);

    await waiting;

    expect((await trail.store.query({ view: 'trail_events', limit: 10 })).documents).toHaveLength(3);
  });
});
