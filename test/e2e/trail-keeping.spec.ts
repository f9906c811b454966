import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FiltersAnswer } from '../../src/trail/queries/list-filters/list-filters.query.js';
import type { PresentedFilter } from '../../src/trail/saved-filters/presented-filter.js';
import { read, RECORDS } from '../support/trail-records.js';
import { TrailRoom } from '../support/trail-room.js';

let room: TrailRoom;
let auditor: string;

beforeAll(async () => {
  room = await TrailRoom.open();
  auditor = await room.keyFor('auditor');
  await room.record('generic-json', RECORDS);
});

afterAll(() => room.close());

describe('exports', () => {
  it('hold every match, exactly, and say what they cover', async () => {
    const { text, headers, status } = await room.ask('/v1/events/export?format=ndjson&secret=stripe/*');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': expect.stringContaining('application/x-ndjson'),
      'keytrail-events': '5',
      'keytrail-filter': encodeURIComponent('[{"secret":["stripe/*"]}]'),
    });
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toMatchObject({ export: { events: 5, complete: true, identities: true } });
    const [first] = await room.events('secret=stripe/*&order=asc&limit=1');
    expect(lines[0]).toEqual(first);
  });

  it('have headers that any client takes, however long the filter, and then tell it at their end only', async () => {
    const secret = Array.from({ length: 90 }, (_, number) => `stripe/${'é'.repeat(70)}/${number}`);
    const body = { title: 'long', filter: { 'not.secret': secret } };
    const { id } = (await room.ask<PresentedFilter>('/v1/filters', { method: 'POST', body })).body;

    const { status, headers, text } = await room.ask(`/v1/events/export?format=ndjson&secret=stripe/*&filter=${id}`);

    expect(status).toBe(200);
    expect(JSON.stringify(headers).length).toBeLessThan(4_000);
    expect(headers).not.toHaveProperty('keytrail-filter');
    const end = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as { export: { filters: { not?: object }[] } };
    expect(end).toMatchObject({ export: { events: 5, complete: true } });
    expect(end.export.filters[0]?.not).toEqual({ secret: secret.toSorted() });
    await room.ask(`/v1/filters/${id}`, { method: 'DELETE' });
  });

  it('are safe to open in a spreadsheet', async () => {
    await room.record('generic-json', [read('=cmd', '=HYPERLINK("http://x")', '2026-09-01T00:00:00Z')]);
    const { text } = await room.ask('/v1/events/export?format=csv&from=2026-09-01&to=2026-09-02');
    const lines = text.trimEnd().split('\r\n');

    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('"native_id"');
    expect(lines[1]).toContain(`"'=cmd@example.com"`);
    expect(lines[1]).not.toMatch(/(^|,)"[=+\-@]/);
    expect(lines[2]).toMatch(/^"export","\{.*""complete"":true/);
    const columns = await room.ask('/v1/events/export?format=csv&from=2026-09-01&to=2026-09-02', { key: auditor });
    expect(columns.text).not.toContain('actor_email');
    expect(columns.text).not.toContain('@example.com');
  });

  it('and questions are on the log, with names in the encrypted part only', async () => {
    await room.ask('/v1/events/export?format=ndjson&address=10.1.2.3&actor=ann@example.com');
    await room.ask('/v1/events?actor=nobody-canary@example.com&text=canary-text&secret=*canary-secret*');
    await room.projector.caughtUp();
    const [exported] = await room.events('action=keytrail.exported&limit=1');
    // Looking is a question too, and may be on the log already.
    const queried = (await room.events('action=keytrail.queried&limit=5')).find(({ identity }) => identity?.filter);
    const ann = await room.subjectOf('ann@example.com');

    expect(exported?.details).toMatchObject({
      format: 'ndjson',
      events: 4,
      identities: true,
      filters: [{ actor: [ann] }],
    });
    expect(exported?.identity?.filter).toBe('[{"address":["10.1.2.3"]}]');
    expect(queried?.details).toMatchObject({ query: 'events', identities: true, filters: [{}] });
    expect(queried?.identity?.filter).toContain('nobody-canary@example.com');
    expect(queried?.identity?.filter).toContain('*canary-secret*');
    expect(await room.events('limit=100')).not.toContainEqual(expect.objectContaining({ action: 'keytrail.queried' }));
  });
});

describe('saved filters', () => {
  it('are shared by id, hold names encrypted, and are gone when deleted', async () => {
    const filter = { actor: 'ann@example.com', 'not.address': '203.0.113.77', outcome: ['success'] };
    const saved = await room.ask<PresentedFilter>('/v1/filters', {
      method: 'POST',
      body: { title: 'What Ann Canary did', filter },
    });
    expect(saved).toMatchObject({ status: 201, body: { title: 'What Ann Canary did', withheld: false } });
    const { id } = saved.body;

    expect(await room.events(`filter=${id}`)).toHaveLength(4);
    expect(await room.events(`filter=${id}&secret=sendgrid/key`)).toHaveLength(1);
    const listed = await room.ask<FiltersAnswer>('/v1/filters', { key: auditor });
    expect(listed.body.filters).toMatchObject([
      { id, withheld: true, filter: { actor: [await room.subjectOf('ann@example.com')] } },
    ]);
    expect(listed.text).not.toMatch(/Canary|203\.0\.113/);
    expect((await room.ask(`/v1/events?filter=${id}`, { key: auditor })).status).toBe(403);

    await room.projector.caughtUp();
    const [event] = await room.events('action=keytrail.filter_saved&limit=1');
    expect(event?.details).toMatchObject({ id });
    expect(await room.ask(`/v1/filters/${id}`, { method: 'DELETE', key: auditor })).toMatchObject({
      status: 403,
      body: { code: 'ACCESS.DENIED' },
    });
    expect((await room.ask(`/v1/filters/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await room.ask(`/v1/events?filter=${id}`)).toMatchObject({
      status: 404,
      body: { code: 'TRAIL.FILTER_NOT_FOUND' },
    });
  });

  it('are told in full by what is recorded of each question, however often they are named', async () => {
    const saved = async (first: number) => {
      const requestId = Array.from({ length: 100 }, (_, index) => String(first + index).padStart(64, '0'));
      const body = { title: 'long', filter: { 'not.requestId': requestId } };
      return (await room.ask<PresentedFilter>('/v1/filters', { method: 'POST', body })).body.id;
    };
    const [one, other] = [await saved(0), await saved(100)];
    const key = await room.keyFor('security_analyst');

    const repeated = Array.from({ length: 10 }, () => `filter=${one}`).join('&');
    expect((await room.ask(`/v1/events/export?format=ndjson&${repeated}`, { key })).status).toBe(200);
    await room.projector.caughtUp();
    const [event] = await room.events('own=true&action=keytrail.exported&limit=1');
    expect(event).not.toHaveProperty('flags');
    expect(event?.details).toMatchObject({ identities: true, events: expect.any(Number), asOf: expect.any(String) });
    expect(event?.details?.['filters']).toMatchObject([{ not: { requestId: { length: 100 } } }]);

    expect(await room.ask(`/v1/events/export?format=ndjson&filter=${one}&filter=${other}`, { key })).toMatchObject({
      status: 400,
      body: {
        code: 'TRAIL.INVALID_FILTER',
        errors: ['filter: at most 8000 characters in all, those of saved filters included'],
      },
    });
    for (const id of [one, other]) await room.ask(`/v1/filters/${id}`, { method: 'DELETE' });
  });

  it('are deleted by whoever saved them', async () => {
    const body = { title: 'denials', filter: { outcome: ['failure'] } };
    const { id } = (await room.ask<PresentedFilter>('/v1/filters', { method: 'POST', body, key: auditor })).body;

    expect((await room.ask(`/v1/filters/${id}`, { method: 'DELETE', key: auditor })).status).toBe(204);
  });

  it('refuse terms that nobody knows', async () => {
    const body = { title: 'x', filter: { actro: 'ann' } };
    expect((await room.ask('/v1/filters', { method: 'POST', body })).status).toBe(400);
  });
});

describe('the read store', () => {
  it('is built again as it was when it is deleted', async () => {
    const shown = async () =>
      (await room.ask('/v1/events/export?format=ndjson&to=2026-11-20')).text.replace(/"asOf":"[^"]+"/, '');
    const before = await shown();
    await room.restart(() => {
      for (const end of ['', '-wal', '-shm']) rmSync(join(room.folder, `read.sqlite${end}`), { force: true });
    });
    await room.projector.caughtUp();

    expect(await shown()).toBe(before);
  });

  it('alone holds names in clear', async () => {
    await room.restart();
    const kept = readdirSync(room.folder)
      .filter((name) => /^(events|state)\.sqlite/.test(name))
      .map((name) => readFileSync(join(room.folder, name), 'latin1'))
      .join('');

    expect(kept).not.toMatch(/ann@example|Canary|canary-text|canary-secret|203\.0\.113\.77|10\.1\.2\.3/);
  });
});
