import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/read-config.js';
import { Service } from '../../src/service.js';

interface Shown {
  readonly action: string;
  readonly reason?: string;
  readonly actor: { readonly kind: string; readonly subject?: string };
  readonly details?: Readonly<Record<string, unknown>>;
  readonly identity?: {
    readonly actor?: { readonly name?: string };
    readonly address?: string;
    readonly people?: unknown;
  };
}

let folder: string;
let service: Service;

async function open(): Promise<void> {
  const { config } = readConfig({ KEYTRAIL_DATA: folder, KEYTRAIL_PORT: '0' });
  service = await Service.open(config, { logDestination: { write: () => undefined } });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keytrail-access-'));
  await open();
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Own events once the projector has shown this many of an action. */
async function ownEvents(action: string, atLeast: number): Promise<readonly Shown[]> {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await service.application.inject({
      url: `/v1/events?own=true&action=${action}`,
      headers: service.hostHeaders(),
    });
    const { events = [] } = answer.json<{ events?: readonly Shown[] }>();
    if (events.length >= atLeast || Date.now() > end) return events;
  }
}

describe('what access records', () => {
  it('tells who issued a key, for what, and to whom only those who may see identities', async () => {
    let shown = '';
    const address = await service.listen((text) => (shown += text));
    const key = /kt_\w+/.exec(shown)?.[0] ?? '';
    const answer = await fetch(`${address}/v1/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Canary Alice', kind: 'person', role: 'log_writer', limits: { kinds: ['vault'] } }),
    });
    expect(answer.status).toBe(201);

    const [bootstrapped] = await ownEvents('keytrail.key_bootstrapped', 1);
    const [issued] = await ownEvents('keytrail.key_issued', 1);

    expect(bootstrapped).toMatchObject({
      actor: { kind: 'user' },
      details: { role: 'admin' },
      identity: { actor: { name: userInfo().username } },
    });
    expect(issued).toMatchObject({
      actor: { kind: 'user' },
      details: { role: 'log_writer', limits: { kinds: ['vault'] } },
      identity: { actor: { name: 'administrator' } },
    });
    const holder = issued?.details?.['holder'] as string;
    expect(issued?.identity?.people).toEqual({ [holder]: { nativeId: 'Canary Alice', name: 'Canary Alice' } });
  });

  it('holds every refusal, also those of the last minute before a stop', async () => {
    const { port } = service.application.getHttpServer().address() as { port: number };
    const refusals = Array.from({ length: 7 }, () => fetch(`http://127.0.0.1:${port}/v1/keys`));
    for (const refusal of refusals) expect((await refusal).status).toBe(401);
    await service.stop();
    await open();

    const events = await ownEvents('trail.refused', 1);

    expect(events.reduce((sum, { details }) => sum + Number(details?.['count']), 0)).toBe(7);
    expect(events[0]).toMatchObject({
      reason: 'unauthenticated',
      actor: { kind: 'unknown' },
      details: { code: 'ACCESS.UNAUTHENTICATED' },
      identity: { address: '127.0.0.1' },
    });
    expect(events[0]?.actor.subject).toBeUndefined();
  });

  it('holds that a key which may only write asked to correct what is shown', async () => {
    const inject = service.application.inject.bind(service.application);
    const writer = { name: 'shipper', kind: 'service', role: 'log_writer' };
    const issued = await inject({ method: 'POST', url: '/v1/keys', headers: service.hostHeaders(), payload: writer });
    const answer = await inject({
      method: 'POST',
      url: '/v1/sources/vault/records?supersede=true&reason=mine',
      headers: { authorization: `Bearer ${issued.json<{ key: string }>().key}` },
      payload: {},
    });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'ACCESS.DENIED', permission: 'events:supersede' });
    await service.stop();
    await open();

    const denied = (await ownEvents('trail.refused', 2)).filter(({ reason }) => reason === 'denied');

    expect(denied).toMatchObject([{ actor: { kind: 'service' }, details: { code: 'ACCESS.DENIED', count: 1 } }]);
  });

  it('leaves no name in clear in the log and the state store', async () => {
    await service.stop();
    const kept = readdirSync(folder)
      .filter((name) => /^(events|state)\.sqlite/.test(name))
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');
    await open();

    expect(kept.length).toBeGreaterThan(10_000);
    expect(kept).not.toMatch(/Canary Alice|127\.0\.0\.1/);
    expect(kept).not.toContain(Buffer.from('Canary Alice').toString('base64url'));
  });
});
