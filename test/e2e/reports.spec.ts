import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReportRunView } from '../../src/reporting/report-run.view.js';
import { awaitUntil } from '../support/await-until.js';
import { RunningService } from '../support/running-service.js';

let service: RunningService;

beforeAll(async () => {
  service = await RunningService.start();
  const read = (occurredAt: string, path: string) => ({
    action: 'secret.read',
    outcome: 'success',
    occurredAt,
    actor: { kind: 'user', id: 'u-1', name: 'Canary Person', email: 'canary@example.com' },
    secrets: [{ store: 'app', path }],
  });
  const events = [
    read('2026-01-10T10:00:00Z', 'payments/stripe'),
    read('2026-01-11T10:00:00Z', 'payments/adyen'),
    read('2026-01-12T10:00:00Z', 'mail/smtp'),
  ];
  await service.json('/v1/events', { method: 'POST', body: JSON.stringify(events) });
});

afterAll(async () => {
  await service.stop();
  await service.dispose();
});

function ask(wanted: object = {}, key = service.key): Promise<Response> {
  const body = JSON.stringify({ kind: 'secret-activity', from: '2026-01-01', to: '2026-02-01', ...wanted });
  return service.fetch('/v1/reports', { method: 'POST', body, key });
}

async function request(wanted: object = {}): Promise<ReportRunView> {
  const answer = await ask(wanted);
  expect(answer.status).toBe(202);
  return (await answer.json()) as ReportRunView;
}

const run = (id: string): Promise<ReportRunView> => service.json<ReportRunView>(`/v1/reports/${id}`);

function ended({ id }: ReportRunView): Promise<ReportRunView> {
  return awaitUntil(`the end of ${id}`, async () => {
    const now = await run(id);
    return now.finishedAt !== undefined && now;
  });
}

async function auditor(identities: boolean): Promise<string> {
  const body = JSON.stringify({ name: 'Auditor', kind: 'person', role: 'auditor', identities });
  return (await service.json<{ key: string }>('/v1/keys', { method: 'POST', body })).key;
}

async function recorded(action: string): Promise<readonly Record<string, unknown>[]> {
  const { events } = await service.json<{ events: { details: Record<string, unknown> }[] }>(
    `/v1/events?action=${action}&limit=100`,
  );
  return events.map(({ details }) => details);
}

describe('reports', () => {
  it('are made, kept and given out, and each step is an event', async () => {
    const requested = await request();
    const done = await ended(requested);

    expect(requested).toMatchObject({ status: 'queued', progress: 0, named: false, filters: [] });
    expect(done).toMatchObject({ status: 'done', progress: 1, events: 3, requestedBy: requested.requestedBy });

    const answer = await service.fetch(`/v1/reports/${done.id}/pdf`);
    const file = Buffer.from(await answer.arrayBuffer());

    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="keytrail-secret-activity-2026-01-01-to-2026-02-01-[0-9a-f]{8}\.pdf"$/,
    );
    expect(file.length).toBe(done.pdf?.bytes);
    expect(createHash('sha256').update(file).digest('hex')).toBe(done.pdf?.sha256);

    const csv = await service.fetch(`/v1/reports/${done.id}/attachments/events.csv`);
    expect((await csv.text()).split('\r\n')).toHaveLength(3 + 2);

    const about = expect.objectContaining({ report: done.id, identities: false });
    await awaitUntil('the events', async () => (await recorded('keytrail.report_completed')).length > 0);
    expect(await recorded('keytrail.report_requested')).toContainEqual(about);
    expect(await recorded('keytrail.report_completed')).toContainEqual(
      expect.objectContaining({ report: done.id, events: 3, sha256: done.pdf?.sha256 }),
    );
    await awaitUntil('the downloads', async () => (await recorded('keytrail.report_downloaded')).length >= 2);
    expect((await recorded('keytrail.report_downloaded')).map(({ file: name }) => name).sort()).toEqual([
      'events.csv',
      'report.pdf',
    ]);
  });

  it('are given out as they were made, or not at all', async () => {
    const { id } = await ended(await request());
    const path = join(service.folder, 'reports', id, 'report.pdf');
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);

    const answer = await service.fetch(`/v1/reports/${id}/pdf`);

    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ code: 'REPORTING.FILE_LOST', file: 'report.pdf' });
  });

  it('keep to a filter, by pattern too, and name it', async () => {
    await awaitUntil('the events', async () => (await recorded('secret.read')).length === 3);

    const done = await ended(await request({ filters: { secret: 'payments/*' } }));

    expect(done).toMatchObject({ status: 'done', events: 2, filters: [{ secret: ['payments/*'] }] });
    expect((await ask({ filters: { secret: 'someone/*' } })).status).toBe(400);
  });

  it('are refused where they make no sense, with every fault', async () => {
    const wrong = await ask({ from: '2026-02-01', to: '2026-01-01' });
    const period = await ask({ filters: { from: '2026-01-01' } });
    const name = await ask({ filters: { actor: 'Nobody We Know' } });

    expect([wrong.status, period.status, name.status]).toEqual([400, 400, 400]);
    expect(await wrong.json()).toMatchObject({ errors: ['to: must be later than from'] });
    expect(await name.json()).toMatchObject({ code: 'TRAIL.INVALID_FILTER' });
    expect((await service.fetch('/v1/reports/018f0000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await service.fetch('/v1/reports/..%2F..%2Fkek')).status).toBe(404);
  });

  it('with names are for those who may see identities, to ask for and to download', async () => {
    const [without, withNames] = [await auditor(false), await auditor(true)];
    const refused = await ask({ named: true }, without);
    const done = await ended(await request({ named: true }));
    const path = `/v1/reports/${done.id}/pdf`;

    expect(refused.status).toBe(403);
    expect((await service.fetch(path, { key: without })).status).toBe(403);
    const csv = `/v1/reports/${done.id}/attachments/accessors.csv`;
    expect((await service.fetch(csv, { key: without })).status).toBe(403);
    expect(await (await service.fetch(csv, { key: withNames })).text()).toContain('Canary Person');
    expect((await service.fetch(path, { key: withNames })).headers.get('content-disposition')).toContain('-named.pdf');
  });

  it('are listed page by page, the newest first', async () => {
    const page = (query: string) => service.json<{ reports: ReportRunView[]; next?: string }>(`/v1/reports?${query}`);
    const all = await page('limit=200');
    const first = await page('limit=1');
    const second = await page(`limit=1&cursor=${first.next ?? ''}`);

    expect(all.reports.length).toBeGreaterThan(2);
    expect([...first.reports, ...second.reports]).toEqual(all.reports.slice(0, 2));
    expect(all.reports.map(({ requestedAt }) => requestedAt)).toEqual(
      all.reports
        .map(({ requestedAt }) => requestedAt)
        .toSorted()
        .reverse(),
    );
  });

  it('can be cancelled while they wait, and stay what they are once they are done', async () => {
    const [first, , last] = [await request(), await request(), await request()];
    const cancel = ({ id }: ReportRunView) =>
      service.json<ReportRunView>(`/v1/reports/${id}/cancel`, { method: 'POST', body: '{}' });

    expect(await cancel(last)).toMatchObject({ status: 'cancelled' });
    const done = await ended(first);
    expect(await cancel(first)).toEqual(done);
    const refused = await service.fetch(`/v1/reports/${last.id}/pdf`);
    expect(await refused.json()).toMatchObject({ status: 409, code: 'REPORTING.NOT_MADE', ended: 'cancelled' });
    expect(readdirSync(join(service.folder, 'reports'))).not.toContain(last.id);
  });

  it('are taken up again after a crash', async () => {
    const requested = await request();
    const { folder } = service;
    await service.kill();
    service = await RunningService.start({ folder });

    const done = await ended(requested);

    expect(done).toMatchObject({ status: 'done', events: 3 });
    expect(readdirSync(join(folder, 'reports')).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});

describe('a disk that takes no report', () => {
  it('puts it off until there is room', async () => {
    const sut = await RunningService.start();
    try {
      const reports = join(sut.folder, 'reports');
      writeFileSync(reports, 'no folder');
      const body = JSON.stringify({ kind: 'secret-activity', from: '2026-01-01', to: '2026-02-01' });
      const post = () => sut.json<ReportRunView>('/v1/reports', { method: 'POST', body });
      const { id } = await post();
      const found = await awaitUntil('an attempt', () => sut.output.includes('report.ended') && sut.output);
      expect(found).toContain('"status":"queued"');
      expect(found).toContain('STORAGE.UNAVAILABLE');

      rmSync(reports);
      await post();

      const done = await awaitUntil('the report', async () => {
        const now = await sut.json<ReportRunView>(`/v1/reports/${id}`);
        return now.finishedAt !== undefined && now;
      });
      expect(done.status).toBe('done');
    } finally {
      await sut.dispose();
    }
  });
});

describe('more reports than are made in time', () => {
  it('are refused, until some are done or cancelled', async () => {
    // Without the part that makes them, all of them wait.
    const waiting = await RunningService.start({ environment: { KEYTRAIL_COMPONENTS: 'api,receivers,projector' } });
    try {
      const body = JSON.stringify({ kind: 'secret-activity', from: '2026-01-01', to: '2026-02-01' });
      const post = () => waiting.fetch('/v1/reports', { method: 'POST', body });
      const answers = [];
      for (let n = 0; n < 100; n += 1) answers.push(await post());
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));

      const refused = await post();
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60']);
      expect(await refused.json()).toMatchObject({ code: 'REPORTING.TOO_MANY_WAITING', limit: 100 });

      const { id } = (await answers[0]?.json()) as ReportRunView;
      await waiting.json(`/v1/reports/${id}/cancel`, { method: 'POST', body: '{}' });
      expect((await post()).status).toBe(202);
    } finally {
      await waiting.dispose();
    }
  });
});
