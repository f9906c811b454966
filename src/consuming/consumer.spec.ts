import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import {
  echo,
  folders,
  names,
  numbered,
  running,
  setup,
  started,
  statusOf,
  tallied,
  tally,
} from '../../test/support/consumer-room.js';
import type { TrailLogOptions } from '../../test/support/trail-log.js';
import { KeytrailError } from '../domain/errors.js';
import { SystemClock } from '../platform/system-clock.js';
import { Consumer } from './consumer.js';
import type { EventProjection } from './projection.js';

const FIRST = { epoch: 1, next: [0] };

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

  it('lets whoever asks know now and then how far such a view is, while events go on coming', async () => {
    const trail = setup();
    await trail.append(...numbered(40));
    const nothing: EventProjection = { view: echo().view, project: () => [] };
    const apply = jest.spyOn(trail.store, 'apply');
    const sut = started(trail, { projections: [nothing], pageSize: 1, pollMs: 1 });

    await sut.caughtUp();

    expect(apply.mock.calls.map(([, , { to }]) => to.next[0])).toEqual([16, 32, 40]);
    expect(await trail.store.generations('echo')).toMatchObject([{ active: true, checkpoint: { next: [40] } }]);
  });

  it('says with every page how far a view is that other answers wait for', async () => {
    const trail = setup();
    await trail.append(...numbered(4));
    const nothing: EventProjection = { view: echo().view, project: () => [], isAwaited: true };
    const apply = jest.spyOn(trail.store, 'apply');
    const sut = started(trail, { projections: [nothing], pageSize: 1, pollMs: 1 });

    await sut.caughtUp();

    expect(apply.mock.calls.map(([, , { to }]) => to.next[0])).toEqual([1, 2, 3, 4]);
  });

  it('says how far behind it is, in events and in seconds', async () => {
    const trail = setup();
    await trail.append(...numbered(4));
    trail.clock.set('2026-11-22T10:00:11.500Z');
    const sut = started(trail, { projections: [echo('n-1')] });
    const status = await statusOf(sut, ({ blocked }) => blocked.length > 0);

    expect(status).toMatchObject({ lag: { events: 3, seconds: 10 }, views: [{ lag: 3, active: false }] });
    await trail.store.activate('echo', status.views[0]?.generation ?? 0);
    const shown = started(trail, { projections: [echo('n-1')] });
    expect(await statusOf(shown, ({ blocked }) => blocked.length > 0)).toMatchObject({
      lag: { events: 3, seconds: 10 },
    });
  });

  it('is behind while its first build is being filled', async () => {
    const trail = setup();
    await trail.append(...numbered(40));
    const sut = trail.consumer({ projections: [echo()], pageSize: 10 });
    running.push(() => sut.stop());
    const lags: Promise<number>[] = [];
    sut.subscribe(() => lags.push(sut.status().then(({ lag }) => lag.events)));

    sut.start();
    await sut.caughtUp();

    expect((await Promise.all(lags)).slice(0, 3)).toEqual([30, 20, 10]);
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

  it.each([
    ['replaced by another one', 0],
    ['restored from an older copy', 3],
  ])('does not go on along a log that was %s, also when it has grown past the checkpoint', async (_, kept) => {
    const folder = folders();
    const before = setup(folder);
    await before.append(...numbered(kept));
    await before.log.close();
    const events = join(folder, 'events.sqlite');
    if (kept === 0) rmSync(events);
    else copyFileSync(events, `${events}.older`);
    const trail = setup(folder);
    await trail.append(...numbered(5 - kept, 100));
    await trail.project({ projections: [echo()] });
    await trail.close();
    rmSync(events);
    if (kept > 0) renameSync(`${events}.older`, events);

    const restored = setup(folder);
    await restored.append(...numbered(9, 200));
    const sut = started(restored, { projections: [echo()] });

    expect(await statusOf(sut, ({ failures }) => failures > 2)).toMatchObject({
      state: 'failing',
      lastError: { code: 'STORAGE.NOT_ON_THIS_LOG' },
    });
    expect(await names(restored)).toHaveLength(5);
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
});
