import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  echo,
  folders,
  names,
  numbered,
  setup,
  started,
  statusOf,
  tallied,
  tally,
  time,
} from '../../test/support/consumer-room.js';
import { TrailLog } from '../../test/support/trail-log.js';
import { Consumer } from './consumer.js';
import type { Projection } from './projection.js';

const FIRST = { epoch: 1, next: [0] };

describe(`rebuilding by ${Consumer.name}`, () => {
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

  it('switches to a rebuilt view only when that shows all that was shown before', async () => {
    const trail = setup();
    await trail.append(...numbered(50));
    const sut = started(trail, { projections: [echo()], pageSize: 10, pollMs: 1 });
    await sut.caughtUp();
    const before = (await sut.status()).views[0]?.generation ?? 0;
    const shown: number[] = [];
    sut.subscribe(() => {
      // Events go on coming while the view is built anew.
      if (shown.length < 8) void trail.append(...numbered(5, 50 + shown.length * 5));
      void trail.store
        .generations('echo')
        .then((all) => shown.push(all.find(({ active }) => active)?.checkpoint.next[0] ?? 0));
    });

    await sut.rebuild(['echo']);
    await statusOf(sut, ({ views }) => views.every(({ generation }) => generation > before));
    await sut.caughtUp();

    expect(shown).toEqual(shown.toSorted((left, right) => left - right));
    expect(await names(trail)).toHaveLength(90);
  });

  it('refuses to rebuild what is no view', async () => {
    const sut = started(setup(), { projections: [echo()] });
    await expect(sut.rebuild(['echo', 'ecko'])).rejects.toMatchObject({
      code: 'REQUEST.INVALID',
      facts: { errors: ['views: each must be one of echo'] },
    });
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
