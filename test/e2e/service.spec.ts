import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/read-config.js';
import { Service } from '../../src/service.js';

let folder: string;
let service: Service;
let address: string;
let key = '';
const lines: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keytrail-service-'));
  const settings = { KEYTRAIL_DATA: folder, KEYTRAIL_PORT: '0', KEYTRAIL_APPEND_WAIT_MS: '2500' };
  const { config } = readConfig({ ...settings, KEYTRAIL_LOG_LEVEL: 'debug' });
  service = await Service.open(config, { logDestination: { write: (line) => void lines.push(line) } });
  address = await service.listen((text) => (key = /kt_\w+/.exec(text)?.[0] ?? ''));
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const EVENT = {
  action: 'secret.read',
  outcome: 'success',
  occurredAt: '2026-11-22T10:00:00.000Z',
  actor: { kind: 'user', id: 'canary-user', name: 'Canary Person' },
  secrets: [{ store: 'app', path: 'payments/stripe' }],
};

function post(body: unknown): Promise<Response> {
  return fetch(`${address}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The answer of /readyz, once it is the one awaited. */
async function readiness(awaited: number): Promise<number> {
  const end = Date.now() + 10_000;
  for (;;) {
    const { status } = await fetch(`${address}/readyz`);
    if (status === awaited || Date.now() > end) return status;
  }
}

describe('the whole service', () => {
  it('becomes ready', async () => {
    expect(await readiness(200)).toBe(200);
  });

  it('records an event and says where', async () => {
    const answer = await post(EVENT);
    const body = (await answer.json()) as { items: object[]; recorded: number; asOf: string };

    expect(answer.status).toBe(200);
    expect(body).toMatchObject({ read: 1, recorded: 1, rejected: 0 });
    expect(body.items[0]).toMatchObject({ item: 0, status: 'recorded', positions: [{ epoch: 1, partition: 0 }] });
  });

  it('answers 503 while the log is locked, and goes on by itself', async () => {
    const other = new DatabaseSync(join(folder, 'events.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const refused = await post([EVENT]);
    expect(await readiness(503)).toBe(503);
    other.exec('ROLLBACK');
    other.close();

    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: expect.stringMatching(/^(STORAGE|INGESTION)\./) });
    expect(await readiness(200)).toBe(200);
    expect((await post([EVENT])).status).toBe(200);
  });

  it('does for the user of this host what no key may do', async () => {
    const request = { method: 'POST', url: '/v1/keys/recover', payload: { name: 'Canary Bob' } } as const;
    const answer = await service.application.inject({ ...request, headers: service.hostHeaders() });

    expect(answer.statusCode).toBe(201);
    key = answer.json<{ key: string }>().key;
  });

  it('measures what it did', async () => {
    const answer = await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${key}` } });
    const text = await answer.text();

    expect(text).toContain('keytrail_recorded_events_total{kind="keytrail"} 2');
    expect(text).toMatch(/keytrail_log_events [1-9]/);
    expect(text).toMatch(/keytrail_file_bytes\{file="events.sqlite"\} [1-9]/);
    expect(text).toMatch(/keytrail_refused_requests_total\{code="(STORAGE|INGESTION)\.\w+"\} 1/);
    expect(text).not.toMatch(/canary/i);
  });

  it('answers as the doctor', async () => {
    const answer = await fetch(`${address}/v1/diagnostics`, { headers: { authorization: `Bearer ${key}` } });
    const { findings } = (await answer.json()) as { findings: { name: string; state: string }[] };

    expect(findings.filter(({ state }) => state === 'unknown')).toEqual([]);
    expect(findings.map(({ name }) => name)).toContain('installation.parts');
  });

  it('logs no name and no key, at debug level', () => {
    const log = lines.join('');
    expect(log).toContain('http.answered');
    expect(log).not.toMatch(/canary|kt_[0-9A-Za-z]{10}_/i);
  });
});
