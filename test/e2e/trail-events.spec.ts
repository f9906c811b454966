import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventAnswer } from '../../src/trail/queries/find-event/find-event.query.js';
import type { EventsAnswer } from '../../src/trail/queries/list-events/list-events.query.js';
import { read, RECORDS } from '../support/trail-records.js';
import { TrailRoom, type Recorded } from '../support/trail-room.js';

let room: TrailRoom;
let auditor: string;
let recorded: Recorded;

beforeAll(async () => {
  room = await TrailRoom.open();
  auditor = await room.keyFor('auditor');
  recorded = await room.record('generic-json', RECORDS);
});

afterAll(() => room.close());

describe('GET /v1/events', () => {
  it('shows what was recorded, the newest first, and what the answer reflects', async () => {
    const { body } = await room.ask<EventsAnswer>('/v1/events');

    expect(body.events.map(({ occurredAt }) => occurredAt?.slice(0, 16))).toEqual([
      '2026-11-05T10:00',
      '2026-11-03T10:00',
      '2026-11-02T10:00',
      '2026-11-02T09:00',
      '2026-11-01T09:00',
      '2026-11-01T08:00',
    ]);
    expect(body.asOf).toMatch(/^1:0=\d+$/);
    expect(body.lag.events).toBeGreaterThanOrEqual(0);
    expect(body.next).toBeUndefined();
  });

  it.each([
    ['actor=ann@example.com', 4],
    ['not.actor=ann@example.com', 2],
    ['actor=id_bob', 2],
    ['secret=stripe/api_key', 5],
    ['secret=stri*', 5],
    ['secret=*/key', 1],
    ['not.secret=stripe/*', 1],
    ['action=secret.rotate', 1],
    ['action=secret.*', 6],
    ['outcome=failure', 1],
    ['not.outcome=success', 1],
    ['source=generic-json', 6],
    ['not.source=generic-json', 0],
    ['environment=production', 6],
    ['address=10.0.0.0/8', 4],
    ['not.address=10.0.0.0/8', 2],
    ['address=192.0.2.9', 2],
    ['userAgent=appstruct', 6],
    ['from=2026-11-02&to=2026-11-03', 2],
    ['not.from=2026-11-02&not.to=2026-11-03', 4],
    ['actor=ann@example.com&secret=stripe/api_key&action=secret.read', 2],
    ['actorKind=user', 6],
    ['reason=denied&outcome=failure', 0],
  ])('filters by %s', async (query, count) => {
    expect(await room.events(query)).toHaveLength(count);
  });

  it('finds an actor by subject', async () => {
    expect(await room.events(`actor=${await room.subjectOf('ann@example.com')}`, auditor)).toHaveLength(4);
  });

  it('pages without losing or doubling anything', async () => {
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const cursor: string = next === undefined ? '' : `&cursor=${next}`;
      const { body } = await room.ask<EventsAnswer>(`/v1/events?limit=4&order=asc${cursor}`);
      seen.push(...body.events.map(({ id }) => id));
      ({ next } = body);
    } while (next !== undefined);

    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  it('refuses a cursor of another question', async () => {
    const { body } = await room.ask<EventsAnswer>('/v1/events?limit=1');
    const other = await room.ask(`/v1/events?limit=1&outcome=success&cursor=${body.next ?? ''}`);
    expect(other).toMatchObject({ status: 400, body: { code: 'TRAIL.INVALID_CURSOR' } });
  });

  it('says every fault of a filter at once', async () => {
    expect(await room.ask('/v1/events?outcome=denied&from=yesterday&action=secret.raed')).toMatchObject({
      status: 400,
      body: { code: 'TRAIL.INVALID_FILTER', errors: [expect.any(String), expect.any(String), expect.any(String)] },
    });
    expect((await room.ask('/v1/events?actro=ann')).status).toBe(400);
  });

  it('tells a follower only what is new', async () => {
    const { body: before } = await room.ask<EventsAnswer>('/v1/events?limit=1');
    await room.record('generic-json', [read('cy', 'other/key', '2026-10-01T00:00:00Z')]);

    const { body } = await room.ask<EventsAnswer>(`/v1/events?order=asc&since=${before.asOf}`);

    expect(body.events.map(({ occurredAt }) => occurredAt)).toEqual(['2026-10-01T00:00:00Z']);
    const again = await room.ask<EventsAnswer>(`/v1/events?order=asc&since=${body.asOf}`);
    expect(again.body.events).toEqual([]);
  });
});

describe('who may see identities', () => {
  it('is told names, others are told subjects', async () => {
    const [named] = await room.events('limit=1&secret=sendgrid/key');
    const [pseudonymous] = await room.events('limit=1&secret=sendgrid/key', auditor);

    expect(named?.identity).toMatchObject({ actor: { email: 'ann@example.com' }, address: '10.1.2.3' });
    expect(pseudonymous).not.toHaveProperty('identity');
    expect(JSON.stringify(pseudonymous)).not.toContain('ann');
    expect(pseudonymous?.actor.subject).toBe(named?.actor.subject);
  });

  it.each([
    'actor=ann@example.com',
    'not.actor=id_ann',
    'address=10.1.2.3',
    'session=s',
    'credential=c',
    'userAgent=App',
    'not.text=a',
  ])('alone may ask by %s', async (query) => {
    const refused = { status: 403, body: { code: 'ACCESS.DENIED' } };
    expect(await room.ask(`/v1/events?${query}`, { key: auditor })).toMatchObject(refused);
    expect(await room.ask(`/v1/events/export?format=csv&${query}`, { key: auditor })).toMatchObject(refused);
    expect(await room.ask(`/v1/events/counts?by=day&${query}`, { key: auditor })).toMatchObject(refused);
  });

  it('alone may count by address', async () => {
    expect((await room.ask('/v1/events/counts?by=address', { key: auditor })).status).toBe(403);
    expect((await room.ask('/v1/events/counts?by=address')).status).toBe(200);
  });
});

describe('GET /v1/events/{id}', () => {
  it('gives one event', async () => {
    const [item] = recorded.items;
    const id = item && 'ids' in item ? (item.ids[0] ?? '') : '';
    expect((await room.ask<EventAnswer>(`/v1/events/${id}`)).body.event).toMatchObject({ id, action: 'secret.read' });
  });

  it.each(['00000000-0000-5000-8000-000000000000', 'ann@example.com'])('knows no %s', async (id) => {
    expect(await room.ask(`/v1/events/${id}`)).toMatchObject({ status: 404, body: { code: 'TRAIL.EVENT_NOT_FOUND' } });
  });
});
