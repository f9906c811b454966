import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KeyView } from '../../src/access/queries/list-keys/list-keys.query.js';
import { Health } from '../../src/platform/health/health.js';
import type { ReportRunView } from '../../src/reporting/report-run.view.js';
import { COUNT_ORDERS } from '../../src/trail/queries/count-events/count-events.query.js';
import type { DeadLettersAnswer } from '../../src/trail/queries/list-dead-letters/list-dead-letters.query.js';
import type { EventsAnswer } from '../../src/trail/queries/list-events/list-events.query.js';
import type { PresentedFilter } from '../../src/trail/saved-filters/presented-filter.js';
import { awaitUntil } from '../support/await-until.js';
import { RECORDS } from '../support/trail-records.js';
import { TrailRoom, type Recorded } from '../support/trail-room.js';

const FIXTURES = join(import.meta.dirname, '../fixtures/records');
const NO_SUCH_ID = '00000000-0000-4000-8000-000000000000';
const PERIOD = { kind: 'secret-activity', from: '2026-01-01', to: '2027-01-01' };

let room: TrailRoom;
let auditor: string;

/** Records of every kind, as the fixtures have them: what no mapping of this service takes becomes dead letters. */
async function recordFixtures(kind: string): Promise<void> {
  const files = readdirSync(join(FIXTURES, kind));
  const records = files.map((file) => (fixture(kind, file) as { record: unknown }).record);
  await room.record(kind, records, 'instance=store-1');
  await room.record(kind, records, 'instance=store-1');
}

function fixture(kind: string, file: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, kind, file), 'utf8')) as unknown;
}

const post = <Body>(path: string, body?: unknown, more: object = {}) =>
  room.ask<Body>(path, { method: 'POST', ...(body !== undefined && { body }), ...more });

const read = { action: 'secret.read', outcome: 'success', actor: { kind: 'user', id: 'u-1', name: 'Ann' } };

beforeAll(async () => {
  room = await TrailRoom.open();
  auditor = await room.keyFor('auditor', { notAfter: '2999-01-01T00:00:00Z' });
  for (const kind of ['vault', 'aws-cloudtrail', 'generic-json', 'keytrail']) await recordFixtures(kind);
  await room.record('generic-json', RECORDS);
});

afterAll(() => room.close());

/** Each asks some operations; every answer on the way is held against the description. */
describe('answers are as they are described:', () => {
  it('recording', async () => {
    const canonical = {
      ...read,
      id: 'e-1',
      occurredAt: '2026-05-01T10:00:00Z',
      secrets: [{ store: 'app', path: 'p/q' }],
    };
    const statuses = async (path: string, body: unknown, headers = {}) => {
      const { body: answer } = await post<Recorded>(path, body, { headers });
      return answer.items.map(({ status }) => status);
    };

    expect(await statuses('/v1/events', [canonical, { ...canonical, unknown: 1 }])).toEqual(['recorded', 'rejected']);
    expect(await statuses('/v1/events?items=failed', [canonical])).toEqual([]);
    expect(await statuses('/v1/events', [canonical, { ...canonical, action: 'secret.update' }])).toEqual([
      'duplicate',
      'conflict',
    ]);
    expect(await statuses('/v1/events', JSON.stringify(read), { 'idempotency-key': 'k-1' })).toEqual(['recorded']);
    expect(
      await statuses('/v1/sources/vault/records', (fixture('vault', 'health.json') as { record: unknown }).record),
    ).toEqual(['ignored']);
    const file = { 'keytrail-file': 'a.log', 'content-type': 'application/x-ndjson' };
    const [rejected] = (await post<Recorded>('/v1/sources/generic-json/records', '{"a":1}\n', { headers: file })).body
      .items;
    const letter = rejected?.status === 'rejected' ? rejected.deadLetter : '';
    const retry = { ...file, 'keytrail-retries': letter };
    const { body } = await post<Recorded>('/v1/sources/generic-json/records', JSON.stringify(RECORDS[0]), {
      headers: retry,
    });
    expect(body.items[0]).toMatchObject({ retried: { deadLetter: letter, closed: false } });
    await room.projector.caughtUp();
  });

  it('events, counts and exports', async () => {
    const { events } = (await room.ask<EventsAnswer>('/v1/events?own=true&limit=1000&echoes=true')).body;
    const other = (await room.ask<EventsAnswer>('/v1/events?own=true&limit=1000', { key: auditor })).body;
    const id = events[0]?.id ?? '';
    const point = (await room.ask<EventsAnswer>('/v1/events?limit=1&order=asc')).body.asOf;

    expect(new Set(events.map(({ source }) => source.kind)).size).toBe(4);
    expect(events.some(({ identity }) => identity !== undefined)).toBe(true);
    expect(other.events.some(({ identity }) => identity !== undefined)).toBe(false);
    expect((await room.ask(`/v1/events?since=${point}`)).status).toBe(200);
    expect((await room.ask(`/v1/events/${id}`)).status).toBe(200);
    expect((await room.ask(`/v1/events/${NO_SUCH_ID}`)).status).toBe(404);
    for (const by of ['actor', 'secret', 'day', 'address&by=outcome', 'action&by=reason&by=source']) {
      for (const order of COUNT_ORDERS) {
        const { status } = await room.ask(`/v1/events/counts?by=${by}&order=${order}&limit=2`);
        expect([by, order, status]).toEqual([by, order, 200]);
      }
    }
    expect((await room.ask('/v1/events/export?format=csv')).headers['keytrail-events']).toMatch(/^\d+$/);
  });

  it('exported lines, each of which is an event', async () => {
    const { text, headers } = await room.ask('/v1/events/export?format=ndjson&own=true');
    const lines = text.trimEnd().split('\n').slice(0, -1);
    const description = await room.description();

    for (const line of lines) description.holdComponent('Event', JSON.parse(line));
    expect(lines).toHaveLength(Number(headers['keytrail-events']));
    expect(headers['content-disposition']).toMatch(/^attachment; filename=/);
  });

  it('what is told of secrets, actors, failures, days and sources', async () => {
    const subject = await room.subjectOf('ann@example.com');
    const secret = encodeURIComponent('stripe/api_key');
    const paths = [
      '/v1/secrets?limit=1',
      '/v1/secrets',
      `/v1/secrets/${secret}/timeline`,
      `/v1/secrets/${secret}/timeline?limit=1&order=asc`,
      '/v1/actors?limit=1',
      '/v1/actors',
      `/v1/actors/${subject}/activity`,
      `/v1/actors/${subject}/activity?limit=1`,
      '/v1/failures',
      '/v1/failures?limit=1&echoes=true',
      '/v1/daily-counts?from=2026-10-30&to=2026-11-10',
      '/v1/coverage',
      '/v1/coverage?from=2026-10-30&to=2026-11-10&source=generic-json',
    ];
    for (const path of paths) {
      expect([path, (await room.ask(path)).status]).toEqual([path, 200]);
      expect([path, (await room.ask(path, { key: auditor })).status]).toEqual([path, 200]);
    }
    expect((await room.ask('/v1/actors/somebody/activity')).status).toBe(400);
  });

  it('saved filters', async () => {
    const filter = { action: ['secret.read'], 'not.source': 'vault', from: '2026-01-01', own: true, echoes: 'false' };
    const { id } = (await post<PresentedFilter>('/v1/filters', { title: 'Reads', filter })).body;
    const personal = await post<PresentedFilter>('/v1/filters', { title: 'Ann', filter: { address: '10.0.0.0/8' } });

    for (const path of ['/v1/filters', '/v1/filters?limit=1', `/v1/filters/${id}`, `/v1/filters/${personal.body.id}`]) {
      expect([path, (await room.ask(path)).status]).toEqual([path, 200]);
      expect([path, (await room.ask(path, { key: auditor })).status]).toEqual([path, 200]);
    }
    expect((await room.ask(`/v1/events?filter=${id}`)).status).toBe(200);
    expect((await room.ask(`/v1/filters/${id}`, { method: 'DELETE', key: auditor })).status).toBe(403);
    expect((await room.ask(`/v1/filters/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await room.ask(`/v1/filters/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await room.ask(`/v1/events?filter=${id}`)).status).toBe(404);
    // A page that begins nowhere would look like the end of the list.
    expect((await room.ask('/v1/filters?cursor=zzz')).status).toBe(400);
  });

  it('dead letters', async () => {
    const { deadLetters } = (await room.ask<DeadLettersAnswer>('/v1/dead-letters?limit=1')).body;
    const ids = deadLetters.map(({ id }) => id);

    expect((await post('/v1/dead-letters/close', { ids, reason: 'nobody needs them' })).status).toBe(200);
    expect((await post('/v1/dead-letters/close', { ids: ['none'], reason: 'why' })).status).toBe(404);
    await room.projector.caughtUp();
    const all = (await room.ask<DeadLettersAnswer>('/v1/dead-letters?state=all')).body.deadLetters;
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['open', 'closed']));
    expect((await room.ask('/v1/dead-letters?state=all', { key: auditor })).status).toBe(200);
  });

  it('keys and the key-encryption key', async () => {
    const limits = { kinds: ['vault'], instances: ['store-1'], environments: [], actionClasses: ['secret'] };
    const writer = await room.keyFor('log_writer', { limits });
    const { keys } = (await room.ask<{ keys: readonly KeyView[] }>('/v1/keys')).body;
    const id = keys.at(-1)?.id ?? '';

    expect((await room.ask('/v1/keys', { key: writer })).status).toBe(403);
    expect((await post('/v1/sources/aws-cloudtrail/records', [{}], { key: writer })).status).toBe(403);
    expect((await room.ask(`/v1/keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await room.ask('/v1/keys', { key: writer })).status).toBe(401);
    expect((await room.ask('/v1/keys/0000000000', { method: 'DELETE' })).status).toBe(404);
    expect((await post('/v1/keys/recover', { name: 'Dana' }, { key: auditor })).status).toBe(403);
    expect((await post('/v1/keys/recover', { name: 'Dana' })).status).toBe(201);
    expect((await post('/v1/kek/confirm-copy')).status).toBe(200);
    expect((await post('/v1/kek/rotate')).status).toBe(200);
    expect((await room.ask('/v1/keys')).status).toBe(200);
  });

  it('reports', async () => {
    const filters = { source: 'generic-json', 'not.action': ['secret.rotate'] };
    const asked = await post<ReportRunView>('/v1/reports', { ...PERIOD, filters, named: true });
    const ended = async ({ id }: ReportRunView) =>
      awaitUntil('the report', async () => {
        const { body } = await room.ask<ReportRunView>(`/v1/reports/${id}`);
        return body.finishedAt !== undefined && body;
      });
    const done = await ended(asked.body);
    const { body: second } = await post<ReportRunView>('/v1/reports', PERIOD);
    const early = await room.ask(`/v1/reports/${second.id}/pdf`);
    await post(`/v1/reports/${second.id}/cancel`);
    const [attachment] = done.attachments ?? [];

    expect([asked.status, done.status]).toEqual([202, 'done']);
    expect(early.status).toBe(409);
    expect((await room.ask('/v1/reports?limit=1')).status).toBe(200);
    expect((await room.ask(`/v1/reports/${done.id}/pdf`)).status).toBe(200);
    expect((await room.ask(`/v1/reports/${done.id}/pdf`, { key: auditor })).status).toBe(403);
    expect((await room.ask(`/v1/reports/${done.id}/attachments/${attachment?.name ?? ''}`)).status).toBe(200);
    expect((await room.ask(`/v1/reports/${done.id}/attachments/none.csv`)).status).toBe(404);
    expect((await room.ask(`/v1/reports/${NO_SUCH_ID}`)).status).toBe(404);
    expect((await post(`/v1/reports/${done.id}/cancel`)).status).toBe(200);
    rmSync(join(room.folder, 'reports', done.id), { recursive: true });
    expect((await room.ask(`/v1/reports/${done.id}/pdf`)).status).toBe(500);
  });

  it('the views and the service itself', async () => {
    const health = room.application.get(Health, { strict: false });
    for (const path of ['/livez', '/metrics', '/openapi.json', '/v1/diagnostics', '/v1/views']) {
      expect([path, (await room.ask(path)).status]).toEqual([path, 200]);
    }
    expect((await post('/v1/views/rebuild', {})).status).toBe(202);
    expect((await room.ask('/v1/views')).status).toBe(200);
    expect((await post('/v1/views/rebuild', { views: ['none'] })).status).toBe(400);
    health.report('http', { state: 'working' });
    expect((await room.ask('/readyz')).status).toBe(200);
    health.report('event_log', { state: 'failed', code: 'STORAGE.DISK_FULL' });
    expect((await room.ask('/readyz')).status).toBe(503);
    health.report('event_log', { state: 'working' });
  });

  it('refusals of every route', async () => {
    for (const { method, path, operation } of (await room.description()).places) {
      const url = path.replace('{kind}', 'vault').replace(/\{\w+\}/g, NO_SUCH_ID);
      const options = { method: method as 'GET' | 'POST' | 'DELETE' };
      const open = operation.security.length === 0;
      const wrong = await room.ask(url, { ...options, key: 'kt_wrong' });
      const inQuery = await room.ask(`${url}?token=1`, options);

      expect([path, open || wrong.status]).toEqual([path, open || 401]);
      expect([path, inQuery.status]).toEqual([path, 400]);
      if (method !== 'GET') {
        const large = await room.ask(url, { ...options, body: `"${'a'.repeat(9_000_000)}"` });
        const other = await room.ask(url, { ...options, body: 'text', headers: { 'content-type': 'image/png' } });
        expect([path, large.status, other.status]).toEqual([path, 413, 415]);
      }
    }
  });

  it('every operation, none of which was left out', async () => {
    const description = await room.description();
    const held = [...description.held].map((answer) => answer.split(' '));
    const succeeded = held
      .filter(([, , status]) => status?.startsWith('2'))
      .map(([method, path]) => `${method} ${path}`);

    expect([...new Set(succeeded)].sort()).toEqual(
      description.places.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });
});
