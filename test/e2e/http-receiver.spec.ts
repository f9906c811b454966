import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../src/domain/errors.js';
import type { NativeDelivery } from '../../src/ingestion/commands/record-events/record-events.command.js';
import { startHttpRooms, type HttpRooms } from '../support/http-rooms.js';

const LIMIT = 100_000;
let rooms: HttpRooms;

beforeAll(async () => {
  rooms = await startHttpRooms({
    KEYTRAIL_MAX_BYTES: String(LIMIT),
    KEYTRAIL_MAX_BYTES_IN_FLIGHT: String(LIMIT * 2),
    KEYTRAIL_BODY_WAIT_MS: '300',
  });
});

afterAll(async () => {
  await rooms.stop();
});

beforeEach(() => {
  rooms.recorded.commands.length = 0;
  rooms.recorded.failure = undefined;
});

const RECORDS = '/v1/sources/vault/records';
const JSON_HEADERS = { 'content-type': 'application/json' };

function post(body: Buffer | string, headers: Record<string, string> = JSON_HEADERS, path = RECORDS) {
  return rooms.ask(path, { method: 'POST', headers, body: body as string });
}

function deliveries(): readonly NativeDelivery[] {
  return rooms.recorded.commands.map(({ delivery }) => delivery as NativeDelivery);
}

async function codeOf(answer: Response): Promise<unknown> {
  return [answer.status, ((await answer.json()) as { code: unknown }).code];
}

/** Opens a connection and sends the head of a request whose body is still to come. */
async function begin(...headers: readonly string[]): Promise<Socket> {
  const socket = connect(rooms.port, '127.0.0.1');
  await once(socket, 'connect');
  const lines = [`POST ${RECORDS} HTTP/1.1`, 'host: x', `authorization: Bearer ${rooms.adminKey}`, ...headers];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

async function answerOf(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return text;
}

describe('a body', () => {
  it('is handed over as it came, with what its query and headers say', async () => {
    const headers = { ...JSON_HEADERS, 'idempotency-key': 'i-1', 'keytrail-file': 'a.log', 'user-agent': 'probe/1' };
    const answer = await post('{"a":1}', headers, `${RECORDS}?instance=prod&environment=eu`);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      items: [],
      read: 0,
      recorded: 0,
      conflicts: 0,
      ignored: 0,
      rejected: 0,
      asOf: '1:0=0',
    });
    expect(deliveries()).toEqual([
      expect.objectContaining({
        kind: 'vault',
        format: 'json',
        instance: 'prod',
        environment: 'eu',
        idempotencyKey: 'i-1',
        file: { name: 'a.log', firstLine: 1, firstByte: 0, repeated: [] },
      }),
    ]);
    expect(Buffer.from(deliveries()[0]?.body ?? []).toString()).toBe('{"a":1}');
    expect(rooms.recorded.commands[0]?.caller).toMatchObject({ userAgent: 'probe/1', address: '127.0.0.1' });
  });

  it('of canonical events goes to their own source', async () => {
    await post('{}', { 'content-type': 'application/x-ndjson' }, '/v1/events');
    expect(deliveries()).toMatchObject([{ kind: 'keytrail', format: 'ndjson' }]);
  });

  it.each([
    ['said', { ...JSON_HEADERS, 'content-encoding': 'gzip' }],
    ['seen', { 'content-type': 'application/octet-stream' }],
  ])('in gzip is opened when it is %s', async (_how, headers) => {
    await post(gzipSync('{"a":1}\n{"a":2}'), headers);

    expect(deliveries()).toMatchObject([{ format: 'ndjson' }]);
    expect(Buffer.from(deliveries()[0]?.body ?? []).toString()).toBe('{"a":1}\n{"a":2}');
  });

  it.each([
    ['cut short', gzipSync('x'.repeat(1_000)).subarray(0, -4)],
    ['none at all', Buffer.from('{"a":1}')],
  ])('in gzip that is %s is told as broken', async (_how, body) => {
    await post(body, { ...JSON_HEADERS, 'content-encoding': 'gzip' });

    expect(deliveries()).toMatchObject([{ broken: true }]);
    expect(Buffer.from(deliveries()[0]?.body ?? [])).toEqual(body);
  });

  it.each([
    ['a bomb', () => gzipSync(Buffer.alloc(50_000_000, 0x20)), { 'content-encoding': 'gzip' }],
    ['a large body', () => Buffer.alloc(LIMIT + 1, 0x20), {}],
    ['a very large body', () => Buffer.alloc(LIMIT * 4, 0x20), {}],
  ])('that is %s is refused with the limits', async (_what, body, headers) => {
    const answer = await post(body(), { ...JSON_HEADERS, ...headers });

    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({
      code: 'INGESTION.BATCH_TOO_LARGE',
      limits: { records: 5000, bytes: LIMIT },
    });
    expect(deliveries()).toEqual([]);
  });

  it.each([
    [{ 'content-type': 'application/xml' }],
    [{ ...JSON_HEADERS, 'content-encoding': 'br' }],
    [{ 'content-type': 'multipart/form-data; boundary=x' }],
  ])('with %j is refused', async (headers) => {
    expect(await codeOf(await post('x', headers))).toEqual([415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE']);
  });

  it('that comes too slowly is given up, and its sender told', async () => {
    const socket = await begin('content-type: application/json', 'content-length: 100');
    socket.write('{"a"');

    const answer = await answerOf(socket);

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('REQUEST.TIMEOUT');
  });

  it('that ends early is no delivery', async () => {
    const socket = await begin('content-type: application/json', 'content-length: 100');
    socket.end('{"a"');
    await answerOf(socket);

    expect(deliveries()).toEqual([]);
  });

  it('waits for no room: when all bodies together take too much, the sender is asked to come again', async () => {
    const held = [await begin('transfer-encoding: chunked'), await begin('transfer-encoding: chunked')];
    for (const socket of held) socket.write('1\r\nx\r\n');
    const full = await untilStatus(503);

    expect(full.headers.get('retry-after')).toBe('2');
    expect(await codeOf(full)).toEqual([503, 'INGESTION.QUEUE_FULL']);
    for (const socket of held) socket.destroy();
    expect((await untilStatus(200)).status).toBe(200);
  });
});

/** Posts until the answer has this status; the server learns of other connections in its own time. */
async function untilStatus(status: number): Promise<Response> {
  const end = Date.now() + 5_000;
  for (;;) {
    const answer = await post('{}');
    if (answer.status === status || Date.now() > end) return answer;
    await answer.arrayBuffer();
  }
}

describe('a large body without a key', () => {
  it('is told so, though nobody reads it', async () => {
    const body = Buffer.alloc(4_000_000, 0x20) as unknown as string;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => fetch(rooms.url + RECORDS, { method: 'POST', headers: JSON_HEADERS, body })),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect(deliveries()).toEqual([]);
  });
});

describe('a failure to record', () => {
  it.each(['INGESTION.UNAVAILABLE', 'STORAGE.DISK_FULL', 'INGESTION.QUEUE_FULL'] as const)(
    '%s is a 503 that says when to come again',
    async (code) => {
      rooms.recorded.failure = new KeytrailError(code, { retryAfter: 3 });
      const answer = await post('{}');

      expect(answer.headers.get('retry-after')).toBe('3');
      expect(await codeOf(answer)).toEqual([503, code]);
    },
  );

  it('that nobody foresaw says nothing but the request, and the log has the place', async () => {
    rooms.recorded.failure = new TypeError('canary') as unknown as KeytrailError;
    const answer = await post('{}');
    const text = await answer.text();

    expect(answer.status).toBe(500);
    expect(text).toContain('INTERNAL.UNEXPECTED');
    expect(text + rooms.log()).not.toContain('canary');
    expect(rooms.log()).toMatch(/"event":"error.unexpected".*"type":"TypeError".*http-receiver\.spec\.ts/);
  });
});

describe('every answer', () => {
  it('carries the request id, a sane one of the caller, and is kept by nobody', async () => {
    const id = '0b5f8e0e-6f0c-4c55-9a73-6f1f9a2d6c11';
    const answer = await post('{}', { ...JSON_HEADERS, 'x-request-id': id });

    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-request-id': id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(rooms.recorded.commands[0]?.caller.requestId).toBe(id);
    expect(rooms.log()).toMatch(new RegExp(`"http.answered","requestId":"${id}"`));
  });

  it.each([
    ['GET', '/v1/nothing', 404, 'REQUEST.NOT_FOUND', null],
    ['PUT', '/v1/events', 405, 'REQUEST.METHOD_NOT_ALLOWED', 'POST'],
    ['GET', '/v1/sources/vault/records', 405, 'REQUEST.METHOD_NOT_ALLOWED', 'POST'],
    ['GET', '/%zz', 400, 'REQUEST.INVALID', null],
    ['DELETE', `/v1/keys/${'x'.repeat(4_000)}`, 400, 'REQUEST.INVALID', null],
  ])('to %s %.40s is a problem', async (...[method, path, status, code, allow]) => {
    const answer = await rooms.ask(path, { method });

    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('allow')).toBe(allow);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const id = answer.headers.get('x-request-id');
    const problem: unknown = await answer.json();
    expect(problem).toMatchObject({ status, code, requestId: id });
  });

  it('to a head that is too large says so, with the limit', async () => {
    const answer = await answerOf(await begin(`x-padding: ${'a'.repeat(20_000)}`));

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('the address and the headers have more than 16384 bytes together');
    const [, id = ''] = /^x-request-id: (\S+)\r$/m.exec(answer) ?? [];
    expect(answer).toContain(`"requestId":"${id}"`);
  });

  it('to someone without a key says nothing of what there is', async () => {
    const statuses = await Promise.all(
      ['/v1/nothing', '/v1/events', '/v1/keys', '/metrics', '/openapi.json', '/v1/diagnostics', '/'].map(
        async (path) => (await fetch(rooms.url + path)).status,
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
  });

  it('shows route templates and no URL in logs and metrics', async () => {
    await rooms.ask('/v1/sources/canary-kind/records?instance=canary-instance', { method: 'POST', body: '{}' });
    await rooms.ask('/v1/canary-path');
    const metrics = await (await rooms.ask('/metrics')).text();

    expect(metrics).toContain('route="/v1/sources/:kind/records"');
    expect(metrics + rooms.log()).not.toMatch(/canary-/);
  });
});
