import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { anEntry } from '../../test/support/an-event.js';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { TrailLog, type TrailLogOptions } from '../../test/support/trail-log.js';
import type { Entry } from '../domain/entry.js';
import { KeytrailError } from '../domain/errors.js';
import { SystemClock } from '../platform/system-clock.js';
import type { ConsumerStatus } from './consumer-status.js';
import { Consumer } from './consumer.js';
import type { EventProjection, FoldedProjection, Projection } from './projection.js';

const FIRST = { epoch: 1, next: [0] };
const folders = temporaryFolders();
const running: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

function setup(folder = folders()): TrailLog {
  const trail = new TrailLog(folder);
  running.push(() => trail.close());
  return trail;
}

function started(trail: TrailLog, options: TrailLogOptions): Consumer {
  const consumer = trail.consumer(options);
  running.push(() => consumer.stop());
  consumer.start();
  return consumer;
}

/** Resolves with the first status that fits. */
async function statusOf(consumer: Consumer, fits: (status: ConsumerStatus) => boolean): Promise<ConsumerStatus> {
  for (;;) {
    const changed = Promise.withResolvers<undefined>();
    const unsubscribe = consumer.subscribe(() => {
      changed.resolve(undefined);
    });
    const status = await consumer.status();
    if (fits(status)) return status;
    await changed.promise;
    unsubscribe();
  }
}

const numbered = (count: number, from = 0): Entry[] =>
  Array.from({ length: count }, (_, index) => anEntry({ source: { nativeId: `n-${from + index}` } }));

const time = '20261122100000000000000';
/** One document an event, found by its native id. `broken` is a native id that it can't project. */
const echo = (broken?: string, version = 1): EventProjection => ({
  view: { name: 'echo', version, fields: { name: { type: 'keyword' } } },
  project: ({ entry }) => {
    const name = entry.source.nativeId ?? '';
    if (name === broken) throw new TypeError('alice@example.com is in the cause');
    return [{ kind: 'create', document: { id: name, time, fields: { name }, body: '{}' } }];
  },
});

/** How many events there are by outcome. */
const tally: FoldedProjection<number> = {
  view: { name: 'tally', version: 1, fields: { count: { type: 'number' } } },
  keys: ({ entry }) => [entry.outcome],
  evolve: (before = 0) => before + 1,
  show: (count) => ({ time, fields: { count } }),
};

async function names(trail: TrailLog): Promise<readonly string[]> {
  const page = await trail.store.query({ view: 'echo', limit: 10_000, ascending: true });
  return page.documents.map(({ id }) => id);
}

async function tallied(trail: TrailLog): Promise<unknown> {
  return (await trail.store.get('tally', 'success#0'))?.fields['count'];
}

describe(Consumer.name, () => {
  it('brings views up to date, page by page, and then follows the log', async () => {
    const trail = setup();
    await trail.append(...numbered(25));
    const sut = started(trail, { projections: [echo(), tally], pageSize: 10 });
    await sut.caughtUp();

    await trail.append(...numbered(3, 25));
    await sut.caughtUp();

    expect(await names(trail)).toHaveLength(28);
    expect(await tallied(trail)).toBe(28);
    expect(await sut.status()).toMatchObject({
      name: 'test',
      state: 'running',
      lag: { events: 0, seconds: 0 },
      consumed: 28,
      failures: 0,
      views: [
        { view: 'echo', version: 1, active: true, checkpoint: '1:0=28', lag: 0 },
        { view: 'tally', version: 1, active: true, checkpoint: '1:0=28', lag: 0 },
      ],
    });
  });

  it('goes on where the views stand after a restart, and counts nothing twice', async () => {
    const trail = setup();
    await trail.append(...numbered(5));
    await trail.project({ projections: [tally] });
    await trail.append(...numbered(5, 5));
    await trail.project({ projections: [tally], pageSize: 2 });

    expect(await tallied(trail)).toBe(10);
  });

  it('moves a view past events that are not its own', async () => {
    const trail = setup();
    await trail.append(...numbered(20));
    const nothing: EventProjection = { view: echo().view, project: () => [] };
    const apply = jest.spyOn(trail.store, 'apply');
    const sut = started(trail, { projections: [nothing], pageSize: 5, pollMs: 1 });
    await sut.caughtUp();

    await statusOf(sut, () => apply.mock.calls.length > 0);

    expect(apply).toHaveBeenCalledTimes(1);
    expect(await trail.store.generations('echo')).toMatchObject([{ checkpoint: { next: [20] } }]);
  });

  it('says how far behind it is, in events and in seconds', async () => {
    const trail = setup();
    await trail.append(...numbered(4));
    trail.clock.set('2026-11-22T10:00:11.500Z');
    const sut = started(trail, { projections: [echo('n-1')] });
    const status = await statusOf(sut, ({ blocked }) => blocked.length > 0);

    expect(status).toMatchObject({ lag: { events: 0, seconds: 0 }, views: [{ lag: 3, active: false }] });
    await trail.store.activate('echo', status.views[0]?.generation ?? 0);
    const shown = started(trail, { projections: [echo('n-1')] });
    expect(await statusOf(shown, ({ blocked }) => blocked.length > 0)).toMatchObject({
      lag: { events: 3, seconds: 10 },
    });
  });

  it('stops before an event that it can not consume, says so, and never skips it', async () => {
    const trail = setup();
    await trail.append(...numbered(6));
    const sut = started(trail, { projections: [echo('n-3'), tally], clock: new SystemClock() });

    const status = await statusOf(sut, ({ blocked }) => blocked.some(({ alarm }) => alarm));

    expect(status).toMatchObject({
      state: 'blocked',
      blocked: [{ view: 'echo', position: '1.0.3', code: 'INTERNAL.UNEXPECTED', alarm: true }],
    });
    expect(status.views).toMatchObject([
      { view: 'echo', checkpoint: '1:0=3' },
      { view: 'tally', checkpoint: '1:0=6' },
    ]);
    expect(JSON.stringify(status)).not.toContain('alice');
    await expect(sut.caughtUp()).rejects.toEqual(new KeytrailError('TRAIL.NOT_READY', { consumer: 'test' }));
  });

  it('goes on by itself once the event can be consumed', async () => {
    const trail = setup();
    await trail.append(...numbered(6));
    let broken: string | undefined = 'n-3';
    const projection: EventProjection = { view: echo().view, project: (event) => echo(broken).project(event) };
    const sut = started(trail, { projections: [projection], alarmAfter: 1_000, clock: new SystemClock() });
    await statusOf(sut, ({ blocked }) => (blocked[0]?.attempts ?? 0) > 2);

    broken = undefined;
    await sut.caughtUp();

    expect(await names(trail)).toHaveLength(6);
    expect(await sut.status()).toMatchObject({ state: 'running', blocked: [] });
  });

  it('stops before an event that can not be opened', async () => {
    const trail = setup();
    await trail.append(...numbered(3));
    const openIdentity: TrailLogOptions['openIdentity'] = ({ source }) => {
      if (source.nativeId === 'n-2') throw new TypeError('a part that is no part');
      return {};
    };
    const sut = started(trail, { projections: [echo()], openIdentity });

    const status = await statusOf(sut, ({ blocked }) => blocked.length > 0);

    expect(status.blocked).toMatchObject([{ position: '1.0.2' }]);
    expect(status.views).toMatchObject([{ checkpoint: '1:0=2' }]);
  });

  it('tries again by itself when a store does not answer', async () => {
    const trail = setup();
    await trail.append(...numbered(3));
    let fails = 3;
    const openIdentity: TrailLogOptions['openIdentity'] = () => ({});
    const sut = started(trail, { projections: [echo()], openIdentity });
    const read = trail.log.read.bind(trail.log);
    trail.log.read = (...from) => {
      fails -= 1;
      return fails >= 0 ? Promise.reject(new KeytrailError('STORAGE.UNAVAILABLE')) : read(...from);
    };

    await sut.caughtUp();

    expect(await names(trail)).toHaveLength(3);
    expect(await sut.status()).toMatchObject({ state: 'running', lastError: { code: 'STORAGE.UNAVAILABLE' } });
  });

  it('stops when another consumer moved the checkpoint', async () => {
    const trail = setup();
    const sut = started(trail, { projections: [echo()], pollMs: 60_000 });
    await sut.caughtUp();
    const [generation] = await trail.store.generations('echo');
    await trail.store.apply({ view: 'echo', generation: generation?.generation ?? 0 }, [], {
      from: FIRST,
      to: { epoch: 1, next: [1] },
    });

    await trail.append(...numbered(2));

    expect(await statusOf(sut, ({ state }) => state === 'stopped')).toMatchObject({
      lastError: { code: 'STORAGE.VERSION_CONFLICT' },
    });
  });

  it('builds the views again when the read store is deleted', async () => {
    const folder = folders();
    const first = new TrailLog(folder);
    await first.append(...numbered(20));
    await first.project({ projections: [echo(), tally] });
    const before = await names(first);
    await first.close();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `read.sqlite${end}`), { force: true });

    const again = setup(folder);
    await again.project({ projections: [echo(), tally], pageSize: 7 });

    expect(await names(again)).toEqual(before);
    expect(await tallied(again)).toBe(20);
  });

  it('builds a view again when its version changed, beside what queries see', async () => {
    const trail = setup();
    await trail.append(...numbered(6));
    await trail.project({ projections: [echo()] });
    const next = started(trail, { projections: [echo('n-4', 2)] });
    await statusOf(next, ({ blocked }) => blocked.length > 0);

    expect(await names(trail)).toHaveLength(6);
    await next.stop();
    await trail.project({ projections: [echo(undefined, 2)] });

    expect(await names(trail)).toHaveLength(6);
    expect(await trail.store.generations('echo')).toMatchObject([{ version: 2, active: true }]);
  });

  it.each<[string, Projection]>([
    ['an event projection', echo()],
    ['a folded projection', tally],
  ])('rebuilds %s beside the old build when told to, and switches', async (_name, projection) => {
    const trail = setup();
    await trail.append(...numbered(12));
    const sut = started(trail, { projections: [projection], pageSize: 5 });
    await sut.caughtUp();
    const before = (await sut.status()).views[0]?.generation ?? 0;

    await sut.rebuild([projection.view.name]);
    const status = await statusOf(sut, ({ views }) => views.every(({ generation }) => generation > before));

    expect(status.views).toMatchObject([{ active: true, checkpoint: '1:0=12' }]);
    const { documents } = await trail.store.query({ view: projection.view.name, limit: 100 });
    expect(documents).toHaveLength(projection === tally ? 1 : 12);
    if (projection === tally) expect(await tallied(trail)).toBe(12);
  });

  it('goes on with a rebuild that a restart interrupted', async () => {
    const trail = setup();
    await trail.append(...numbered(12));
    await trail.project({ projections: [tally] });
    const end = await trail.log.end();
    const rebuilt = await trail.store.beginRebuild(tally.view, { ...end, next: [0] });
    const target = { view: 'tally', generation: rebuilt.generation };
    const body = JSON.stringify({ key: 'success', through: 5, document: 5 });
    await trail.store.apply(
      target,
      [{ kind: 'put', version: 5, document: { id: 'success#0', time, fields: { count: 5 }, body } }],
      { from: FIRST, to: { epoch: 1, next: [5] } },
    );

    const sut = started(trail, { projections: [tally] });
    await statusOf(sut, ({ views }) => views.every(({ generation }) => generation === rebuilt.generation));

    expect(await tallied(trail)).toBe(12);
  });
});
