import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startHttpRooms, type HttpRooms } from '../support/http-rooms.js';

let rooms: HttpRooms;

beforeAll(async () => {
  rooms = await startHttpRooms();
});

afterAll(async () => {
  await rooms.stop();
});

beforeEach(() => {
  rooms.recorded.commands.length = 0;
});

interface IssuedAnswer {
  readonly id: string;
  readonly key: string;
}

async function issue(body: object): Promise<IssuedAnswer> {
  const answer = await rooms.ask('/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Alice Canary', kind: 'person', ...body }),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as IssuedAnswer;
}

describe('keys', () => {
  it('are issued, used, listed without the key, and revoked for ever', async () => {
    const { id, key } = await issue({ role: 'auditor' });
    const asIssued = (path: string) => fetch(rooms.url + path, { headers: { authorization: `Bearer ${key}` } });

    expect((await asIssued('/openapi.json')).status).toBe(200);
    expect((await asIssued('/v1/keys')).status).toBe(403);
    const list = await (await rooms.ask('/v1/keys')).text();
    expect(list).toContain('Alice Canary');
    expect(list).not.toContain(key.slice(14));
    expect((await rooms.ask(`/v1/keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await asIssued('/openapi.json')).status).toBe(401);
    expect((await rooms.ask(`/v1/keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(rooms.recorded.own.map(({ action }) => action)).toEqual([
      'keytrail.key_issued',
      'keytrail.queried',
      'keytrail.key_revoked',
    ]);
  });

  it('never keep a name in clear', async () => {
    await issue({ role: 'log_writer' });

    expect(rooms.state.dump()).not.toContain('Canary');
    expect(rooms.log()).not.toContain('Canary');
  });

  it('are told of by their holder’s subject alone, so that who is forgotten is forgotten in the events too', async () => {
    await issue({ role: 'auditor' });
    await issue({ role: 'log_writer' });

    const told = rooms.recorded.own.filter(({ action }) => action === 'keytrail.key_issued');
    const holders = new Set(told.map(({ details }) => details?.['holder']));
    expect(told).toHaveLength(2);
    expect([...holders]).toEqual([expect.stringMatching(/^[0-9a-z_-]{16,}$/i)]);
    expect(JSON.stringify(told.map(({ details }) => details))).not.toContain('Canary');
  });

  it('run out', async () => {
    const { key } = await issue({ role: 'auditor', notAfter: new Date(Date.now() + 60_000).toISOString() });
    const asIssued = () => fetch(`${rooms.url}/openapi.json`, { headers: { authorization: `Bearer ${key}` } });

    expect((await asIssued()).status).toBe(200);
    const faulty = await rooms.ask('/v1/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'a', kind: 'person', role: 'auditor', notAfter: '2001-01-01T00:00:00Z' }),
    });
    expect(faulty.status).toBe(400);
    expect(await faulty.text()).toContain('notAfter must lie in the future');
  });

  it('of other roles than auditor are given no right to see identities: they have it or not', async () => {
    const faulty = await rooms.ask('/v1/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'a', kind: 'service', role: 'metrics', identities: true }),
    });

    expect(faulty.status).toBe(400);
    expect(await faulty.text()).toContain('identities: only an auditor key');
  });

  it('that read take no limits, as nothing would hold them to any', async () => {
    const faulty = await rooms.ask('/v1/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'a', kind: 'person', role: 'auditor', limits: { kinds: ['vault'] } }),
    });

    expect(faulty.status).toBe(400);
    expect(await faulty.text()).toContain('no other role takes them');
    expect(rooms.recorded.own).toEqual([]);
  });

  it.each(['[]', '[{"kinds":["vault"]}]', '[[]]', 'null', '{"kinds":null}', '{"toString":["vault"]}', '{"kinds":{}}'])(
    'are not issued without limits where the limits are %s',
    async (limits) => {
      const before = await (await rooms.ask('/v1/keys')).text();
      const body = `{"name":"shipper","kind":"service","role":"log_writer","limits":${limits}}`;
      const headers = { 'content-type': 'application/json' };

      const answer = await rooms.ask('/v1/keys', { method: 'POST', headers, body });

      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'REQUEST.INVALID' }]);
      expect(await (await rooms.ask('/v1/keys')).text()).toBe(before);
    },
  );

  it.each([
    [400, '😀'.repeat(130)],
    [201, 'x'.repeat(254)],
  ])('take limits that the event of their issue can tell, else the answer is %i', async (status, name) => {
    const instances = Array.from({ length: 100 }, (_, index) => `${name}${index}`);
    const body = JSON.stringify({ name: 'shipper', kind: 'service', role: 'log_writer', limits: { instances } });

    const answer = await rooms.ask('/v1/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });

    expect(answer.status).toBe(status);
    if (status === 400) expect(await answer.text()).toContain('limits: at most 48000 bytes in all');
  });

  it('keep the last administrator in', async () => {
    const { keys } = (await (await rooms.ask('/v1/keys')).json()) as { keys: { id: string; role: string }[] };
    const admin = keys.find(({ role }) => role === 'admin')?.id ?? '';

    const answer = await rooms.ask(`/v1/keys/${admin}`, { method: 'DELETE' });

    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'ACCESS.LAST_ADMIN_KEY' });
  });

  it('say what is wrong with a request, and repeat nothing of it', async () => {
    const answer = await rooms.ask('/v1/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        name: '',
        kind: 'canary-kind',
        role: 'king',
        canary: 1,
        limits: { canary: 2, kinds: 'x' },
      }),
    });
    const text = await answer.text();

    expect(answer.status).toBe(400);
    expect((JSON.parse(text) as { errors: string[] }).errors.length).toBeGreaterThanOrEqual(5);
    expect(text).not.toContain('canary');
    expect(text).not.toContain('king');
  });

  it.each([
    ['{"__proto__": {"role": "admin"}}', 400],
    ['[1]', 400],
    ['{', 400],
    ['', 400],
    [`{"name":"${'x'.repeat(70_000)}"}`, 413],
  ])('are not issued for hostile body %#', async (body, status) => {
    const headers = { 'content-type': 'application/json' };
    expect((await rooms.ask('/v1/keys', { method: 'POST', headers, body })).status).toBe(status);
  });
});
