import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { anEntry, anExchangeEntry } from '../../../../test/support/an-event.js';
import { TrailLog } from '../../../../test/support/trail-log.js';
import { readConfig } from '../../../config/read-config.js';
import type { Entry } from '../../../domain/entry.js';
import { KeytrailError } from '../../../domain/errors.js';
import type { PresentedEvent } from '../../domain/presented-event.js';
import { TRAIL_PROJECTIONS } from '../../projections/trail-projections.js';
import { filtersToView } from '../filtering/filter-to-view.js';
import { FollowPoint } from './follow-point.js';
import { TrailPages, type EventsFound } from './trail-pages.js';
import { TrailPoints } from './trail-points.js';

const folders = temporaryFolders();
const open: TrailLog[] = [];

afterEach(async () => {
  for (const trail of open.splice(0)) await trail.close();
});

function setup() {
  const trail = new TrailLog(folders());
  open.push(trail);
  const points = new TrailPoints(trail.store, trail.log, trail.clock, readConfig({}).config);
  const sut = new TrailPages(trail.store, points);
  return { trail, points, sut, follow: new FollowPoint(trail.store, points) };
}

const question = { query: 'events', filters: [], ascending: false };

async function pageOf(sut: TrailPages, limit: number, cursor?: string): Promise<EventsFound> {
  const wanted = { matching: filtersToView([]), identities: false, ascending: false, limit };
  const at = await sut.pointOf(cursor, question);
  return sut.page({ ...wanted, ...(cursor !== undefined && { cursor }) }, question, at);
}

/** All pages one after the other; `between` happens after each. */
async function allPages(sut: TrailPages, limit: number, between: () => Promise<void>): Promise<PresentedEvent[]> {
  const events: PresentedEvent[] = [];
  let next: string | undefined;
  do {
    const page = await pageOf(sut, limit, next);
    events.push(...page.events);
    ({ next } = page);
    await between();
  } while (next !== undefined);
  return events;
}

let count = 0;
const distinct = (changes: Partial<Entry> = {}): Entry => {
  count += 1;
  const source = { kind: 'vault', instance: 'prod', mapping: 1, nativeId: `n-${count}` };
  return anEntry({ ...changes, source });
};

describe(TrailPages.name, () => {
  it('loses and doubles nothing of a thousand events of one millisecond while others arrive', async () => {
    const { trail, sut } = setup();
    const before = Array.from({ length: 1_000 }, () => distinct());
    await trail.append(...before);
    await trail.project();

    const seen = await allPages(sut, 7, async () => {
      await trail.append(distinct());
      await trail.project();
    });

    expect(seen.map(({ id }) => id)).toHaveLength(1_000);
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(before.map(({ id }) => id)));
  });

  it('gives events by (time, id) whatever their order on the log', async () => {
    const time = fc.integer({ min: 0, max: 3 }).map((nanosecond) => `2026-11-22T10:00:00.00000000${nanosecond}Z`);
    await fc.assert(
      fc.asyncProperty(fc.array(time, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (times, limit) => {
        const { trail, sut } = setup();
        const entries = times.map((occurredAt) => distinct({ occurredAt }));
        await trail.append(...entries);
        await trail.project();
        const inOrder = entries.map(({ occurredAt, id }) => `${occurredAt ?? ''} ${id}`).sort();

        const seen = await allPages(sut, limit, () => Promise.resolve());

        expect(seen.map(({ occurredAt, id }) => `${occurredAt ?? ''} ${id}`)).toEqual(inOrder.reverse());
      }),
      { numRuns: 25 },
    );
  });

  it('hides a request until its answer is overdue, and then shows it as unknown', async () => {
    const { trail, sut } = setup();
    await trail.append(anExchangeEntry('r-1', 'request', { recordedAt: '2026-11-22T11:59:30Z' }));
    await trail.project();

    expect((await pageOf(sut, 10)).events).toEqual([]);
    trail.clock.set('2026-11-22T12:00:31Z');
    expect((await pageOf(sut, 10)).events).toMatchObject([{ phase: 'request', outcome: 'unknown' }]);
    await trail.append(anExchangeEntry('r-1', 'response', { recordedAt: '2026-11-22T12:00:40Z' }));
    await trail.project();
    expect((await pageOf(sut, 10)).events).toMatchObject([{ phase: 'response', outcome: 'success' }]);
  });

  it('shows no more on later pages because a request became overdue meanwhile', async () => {
    const { trail, sut } = setup();
    const request = anExchangeEntry('r-1', 'request', { recordedAt: '2026-11-22T11:59:30Z' });
    await trail.append(distinct({ occurredAt: '2026-11-22T11:00:00Z' }), {
      ...request,
      occurredAt: '2026-11-22T09:00:00Z',
    });
    await trail.append(distinct({ occurredAt: '2026-11-22T08:00:00Z' }));
    await trail.project();

    const first = await pageOf(sut, 1);
    trail.clock.set('2026-11-22T13:00:00Z');
    const second = await pageOf(sut, 1, first.next);

    expect(second.events).toMatchObject([{ occurredAt: '2026-11-22T08:00:00Z' }]);
  });

  it('gives fewer than asked for when events are large, and says that there are more', async () => {
    const { trail, sut } = setup();
    const details = { note: 'x'.repeat(50_000) };
    await trail.append(...Array.from({ length: 100 }, () => distinct({ details })));
    await trail.project();

    const page = await pageOf(sut, 100);

    expect(page.events.length).toBeGreaterThan(10);
    expect(page.events.length).toBeLessThan(100);
    expect(page.next).toBeDefined();
    expect(await allPages(sut, 100, () => Promise.resolve())).toHaveLength(100);
  });

  it('refuses a list that a rebuilt trail can not go on with', async () => {
    const { trail, points } = setup();
    await trail.append(distinct());
    await trail.project();
    await trail.append(distinct(), distinct());
    const cursor = { after: [], asOf: { epoch: 1, next: [3] }, askedAt: 0 };

    await expect(points.of(cursor)).rejects.toEqual(new KeytrailError('TRAIL.NOT_READY'));
    await expect(points.of({ ...cursor, asOf: { epoch: 1, next: [4] } })).rejects.toEqual(
      new KeytrailError('TRAIL.INVALID_CURSOR'),
    );
    await expect(points.of({ ...cursor, asOf: { epoch: 2, next: [1] } })).rejects.toEqual(
      new KeytrailError('TRAIL.INVALID_CURSOR'),
    );
  });
});

describe('a point that several views are asked at', () => {
  const only = (...names: readonly string[]) => TRAIL_PROJECTIONS.filter(({ view }) => names.includes(view.name));

  it('is what all of them show, not what the fastest does', async () => {
    const { trail, points } = setup();
    await trail.append(distinct(), distinct());
    await trail.project();
    await trail.append(distinct(), distinct(), distinct());
    await trail.project({ projections: only('trail_events', 'secret_aliases') });

    expect((await points.now()).asOf).toEqual({ epoch: 1, next: [5] });
    expect((await points.reachedBy(['trail_events', 'source_coverage'])).asOf).toEqual({ epoch: 1, next: [2] });
  });

  it('is not beyond the names of secrets: an event whose secret is not known yet would be counted as another', async () => {
    const { trail, points } = setup();
    await trail.append(distinct(), distinct());
    await trail.project();
    await trail.append(distinct());
    await trail.project({ projections: only('trail_events') });

    expect((await points.now()).asOf).toEqual({ epoch: 1, next: [2] });
    const cursor = { after: [], asOf: { epoch: 1, next: [3] }, askedAt: 0 };
    await expect(points.of(cursor)).rejects.toEqual(new KeytrailError('TRAIL.NOT_READY'));
  });

  it('does not wait for the names of secrets while pages come full: they are there before the events', async () => {
    const { trail } = setup();
    const apply = jest.spyOn(trail.store, 'apply');
    await trail.append(...Array.from({ length: 20 }, () => distinct()));
    await trail.project({ pageSize: 1 });

    const moved = apply.mock.calls.map(([{ view }, , { to }]) => `${view} ${to.next.join()}`);
    const late = moved.filter((call, index) => {
      const [view = '', end = ''] = call.split(' ');
      return view === 'trail_events' && !moved.slice(0, index).includes(`secret_aliases ${end}`);
    });
    expect(late).toEqual([]);
    expect(moved).toContain('trail_events 20');
  });
});

describe(FollowPoint.name, () => {
  it('refuses a follower who was told more than is on the log', async () => {
    const { trail, points, follow } = setup();
    await trail.append(distinct());
    await trail.project();
    const now = await points.now();

    expect(await follow.before(now, { epoch: 1, next: [1] })).toEqual({ epoch: 1, next: [1] });
    for (const since of [
      { epoch: 1, next: [2] },
      { epoch: 2, next: [1] },
    ]) {
      await expect(follow.before(now, since)).rejects.toMatchObject({ code: 'TRAIL.INVALID_FILTER' });
    }
  });

  it('does not pass a request that may still be answered', async () => {
    const { trail, points, follow } = setup();
    const recordedAt = '2026-11-22T11:59:50Z';
    await trail.append(distinct(), anExchangeEntry('r-1', 'request', { recordedAt }), distinct());
    await trail.project();
    const since = { epoch: 1, next: [0] };

    expect(await follow.before(await points.now(), since)).toEqual({ epoch: 1, next: [1] });
    trail.clock.set('2026-11-22T12:00:51Z');
    expect(await follow.before(await points.now(), since)).toEqual({ epoch: 1, next: [3] });
  });

  it('tells a follower every event once, in the end, whether answered or not', async () => {
    const { trail, points, sut, follow } = setup();
    const told: string[] = [];
    let since = { epoch: 1, next: [0] as readonly number[] };
    const look = async (): Promise<void> => {
      await trail.project();
      const at = { ...(await points.now()) };
      const asOf = await follow.before(at, since);
      const scope = { ...points.scopeOf({ ...at, asOf }), since };
      const wanted = { matching: filtersToView([]), identities: false, ascending: true, limit: 100 };
      const { events } = await sut.page(wanted, question, { ...at, asOf, scope });
      told.push(...events.map(({ source, phase }) => `${source.nativeId ?? ''} ${phase ?? ''}`.trim()));
      since = asOf;
    };
    const at = (time: string): Partial<Entry> => ({ recordedAt: `2026-11-22T${time}Z` });
    await trail.append(
      anExchangeEntry('lost', 'request', at('11:59:50')),
      anExchangeEntry('slow', 'request', at('11:59:50')),
    );
    await look();
    await trail.append(
      anExchangeEntry('slow', 'response', at('12:00:01')),
      anExchangeEntry('new', 'response', at('12:00:01')),
    );
    await look();
    trail.clock.set('2026-11-22T12:02:00Z');
    await look();
    await look();

    expect(told.sort()).toEqual(['lost request', 'new response', 'slow response']);
  });
});
