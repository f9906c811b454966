import { readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HostAccess } from '../../src/access/host-access.js';
import { RefusalRecorder } from '../../src/access/refusal-recorder.js';
import { KeytrailError } from '../../src/domain/errors.js';
import { startHttpRooms, type HttpRooms } from '../support/http-rooms.js';

let rooms: HttpRooms;

beforeAll(async () => {
  rooms = await startHttpRooms();
});

afterAll(async () => {
  await rooms.stop();
});

beforeEach(async () => {
  await rooms.application.get(RefusalRecorder).flush(true);
  rooms.recorded.commands.length = 0;
});

interface IssuedAnswer {
  readonly id: string;
  readonly key: string;
}

/** Sends bytes as they are and answers with everything that came back. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(rooms.port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('close', () => {
      resolve(text);
    });
    socket.on('error', reject);
  });
}

const head = (...lines: readonly string[]): string =>
  ['GET /v1/keys HTTP/1.1', 'host: x', 'connection: close', ...lines, '', ''].join('\r\n');
const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);

describe('the first key', () => {
  it('lies in a file that only this user can read, and is in no log', () => {
    const path = join(rooms.folder, 'bootstrap-key');

    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe(`${rooms.adminKey}\n`);
    expect(rooms.log()).toContain('access.bootstrapped');
    expect(rooms.log()).not.toContain(rooms.adminKey);
  });

  it('is kept as a fingerprint, its holder sealed', () => {
    expect(rooms.state.dump()).not.toContain(rooms.adminKey);
    expect(rooms.state.dump()).not.toContain('administrator');
  });
});

describe('headers', () => {
  const cases = (key: string): readonly (readonly [string, readonly string[], number])[] => [
    ['Bearer', [`authorization: Bearer ${key}`], 200],
    ['bearer', [`Authorization: bearer ${key}`], 200],
    ['two blanks', [`authorization: Bearer  ${key}`], 200],
    ['a blank behind', [`authorization: Bearer ${key} `], 200],
    ['our own header', [`x-keytrail-key: ${key}`], 200],
    ['none', [], 401],
    ['no scheme', [`authorization: ${key}`], 401],
    ['sk-', ['authorization: Bearer sk-0123456789abcdef'], 401],
    ['another last character', [`authorization: Bearer ${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`], 401],
    ['two headers', [`authorization: Bearer ${key}`, `authorization: Bearer ${key}`], 401],
    ['both headers', [`authorization: Bearer ${key}`, `x-keytrail-key: ${key}`], 401],
    ['10 kB', [`authorization: Bearer ${'x'.repeat(10_240)}`], 401],
    ['NUL', [`authorization: Bearer ${key}\0`], 400],
    ['Unicode', [`authorization: Bearer ${key}\u00e9`], 401],
    ['the host header without its token', ['keytrail-host: AAAA'], 401],
  ];

  it('get the verdicts of the table', async () => {
    const verdicts: [string, number][] = [];
    for (const [name, lines] of cases(rooms.adminKey)) verdicts.push([name, statusOf(await exchange(head(...lines)))]);

    expect(verdicts).toEqual(cases(rooms.adminKey).map(([name, , status]) => [name, status]));
    expect(rooms.log()).not.toContain(rooms.adminKey.slice(14));
  });

  it('name the scheme and the request when they are refused', async () => {
    const answer = await fetch(`${rooms.url}/v1/keys`);

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="keytrail"');
    expect(await answer.json()).toMatchObject({
      code: 'ACCESS.UNAUTHENTICATED',
      requestId: answer.headers.get('x-request-id'),
    });
  });
});

describe('a credential in the query string', () => {
  it.each(['key', 'api_key', 'token', 'access_token', 'authorization', 'actor'])(
    'as %s is refused, with a valid key too, and never logged',
    async (name) => {
      const answer = await rooms.ask(`/v1/keys?${name}=${encodeURIComponent(rooms.adminKey)}`);

      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain(rooms.adminKey.slice(14));
      expect(rooms.log()).not.toContain(rooms.adminKey.slice(14));
    },
  );

  it('becomes an event', async () => {
    await rooms.ask('/v1/keys?token=x');
    await rooms.application.get(RefusalRecorder).flush(true);

    expect(rooms.recorded.own.map(({ details }) => details)).toEqual([
      expect.objectContaining({ code: 'REQUEST.CREDENTIAL_IN_QUERY', count: 1 }),
    ]);
  });
});

describe('a refusal by a room', () => {
  it('is told as one by the hook', async () => {
    rooms.recorded.failure = new KeytrailError('ACCESS.DENIED');
    const answer = await rooms.ask('/v1/sources/vault/records', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '[]',
    });
    rooms.recorded.failure = undefined;
    await rooms.application.get(RefusalRecorder).flush(true);

    expect(answer.status).toBe(403);
    expect(rooms.recorded.own.map(({ details }) => details?.['code'])).toEqual(['ACCESS.DENIED']);
    expect(rooms.recorded.own[0]?.caller?.principal.role).toBe('admin');
  });
});

describe('the user of this host', () => {
  it('recovers a lost key from inside the process, and from nowhere else', async () => {
    const host = rooms.application.get(HostAccess).headers();
    const request = { method: 'POST', url: '/v1/keys/recover', payload: { name: 'Bob' } } as const;
    const outside = await fetch(`${rooms.url}/v1/keys`, { headers: host });
    const withKey = await rooms.ask('/v1/keys/recover', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Bob"}',
    });
    const without = await rooms.application.inject(request);
    const inside = await rooms.application.inject({ ...request, headers: host });

    expect([outside.status, withKey.status, without.statusCode, inside.statusCode]).toEqual([401, 403, 401, 201]);
    const recovered = inside.json<IssuedAnswer>();
    const asRecovered = { headers: { authorization: `Bearer ${recovered.key}` } };
    expect((await fetch(`${rooms.url}/v1/keys`, asRecovered)).status).toBe(200);
    expect((await rooms.ask('/v1/keys')).status).toBe(401);
    expect(rooms.recorded.own.map(({ action }) => action)).toContain('keytrail.key_recovered');
    (rooms as { adminKey: string }).adminKey = recovered.key;
  });
});

describe('refusals', () => {
  it('are events with exact counts, by address, reason and minute', async () => {
    const flood = 500;
    await Promise.all(Array.from({ length: flood }, () => fetch(`${rooms.url}/v1/keys`).then((a) => a.arrayBuffer())));
    await rooms.application.get(RefusalRecorder).flush(true);

    const events = rooms.recorded.own;
    const count = events.reduce((sum, { details }) => sum + Number(details?.['count']), 0);
    expect(count).toBe(flood);
    expect(events.length).toBeLessThanOrEqual(2); // a minute may end meanwhile
    expect(rooms.recorded.own[0]?.caller).toMatchObject({ address: '127.0.0.1', principal: { keyId: 'none' } });
  });

  it('are tried again when they could not be recorded', async () => {
    await fetch(`${rooms.url}/v1/keys`);
    rooms.recorded.failure = new KeytrailError('STORAGE.DISK_FULL');
    await rooms.application.get(RefusalRecorder).flush(true);
    rooms.recorded.failure = undefined;
    await rooms.application.get(RefusalRecorder).flush(true);

    expect(rooms.recorded.own.map(({ details }) => details?.['count'])).toEqual([1]);
  });
});
