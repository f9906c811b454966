import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { awaitUntil } from '../support/await-until.js';
import { genericRecords, vaultRecords, cloudTrailRecords } from '../support/canaries.js';
import { RunningService } from '../support/running-service.js';

let service: RunningService;

interface Answer {
  readonly items?: readonly { readonly status: string; readonly reason?: string; readonly ids?: string[] }[];
  readonly read?: number;
  readonly code?: string;
}

beforeAll(async () => {
  service = await RunningService.start();
});

afterAll(async () => {
  await service.dispose();
});

async function post(
  body: string | Buffer,
  headers: Record<string, string> = {},
  kind = 'generic-json',
): Promise<[number, Answer]> {
  const response = await service.fetch(`/v1/sources/${kind}/records`, {
    method: 'POST',
    body: body as string,
    headers,
  });
  return [response.status, (await response.json()) as Answer];
}

const good = JSON.stringify(genericRecords[0]);

describe('what can be understood is recorded, the rest is answered', () => {
  it.each([
    ['a record cut off', good.slice(0, 60), 400],
    ['nothing', '', 400],
    ['a number', '7', 200],
    ['a text', '"secret"', 200],
    ['deep nesting', '['.repeat(5000) + ']'.repeat(5000), 200],
    ['a deep record', `{"timestamp":"2024-01-15T10:30:00Z","x":${'['.repeat(3000)}${']'.repeat(3000)}}`, 200],
  ])('%s', async (_, body, status) => {
    const [code, answer] = await post(body);

    expect([code, answer.items?.every((item) => item.status === 'rejected') ?? true]).toEqual([status, true]);
  });

  it('a good line among bad ones', async () => {
    const [status, answer] = await post(['{"timestamp":', good, '[1,2', '', 'null', '\uFEFF{}'].join('\n'), {
      'content-type': 'application/x-ndjson',
    });

    expect(status).toBe(200);
    expect(answer.items?.filter((item) => item.status === 'recorded')).toHaveLength(1);
    expect(answer.items?.filter((item) => item.status === 'rejected').length).toBeGreaterThanOrEqual(3);
  });

  it('NUL, lone surrogates, bidi marks and formulas in kept fields', async () => {
    const record = { ...genericRecords[0], event_id: 'odd', secret_name: '=cmd|"\u0000\u202Egnp', user_agent: 'x' };
    const body = JSON.stringify(record).replace('"user_agent":"x"', '"user_agent":"\\ud800 agent"');

    const [status, answer] = await post(body);

    expect([status, answer.items?.[0]?.status]).toEqual([200, 'recorded']);
    const id = answer.items?.[0]?.ids?.[0];
    const { event } = await awaitUntil('the event to be shown', () =>
      service.json<{ event: { flags?: string[] } }>(`/v1/events/${String(id)}`).catch(() => undefined),
    );
    expect(event.flags).toEqual(expect.arrayContaining(['surrogate_replaced']));
  });

  it('a key given twice is refused, as either value could be meant', async () => {
    const [, answer] = await post(good.replace('"success"', '"success":false,"success"'));

    expect(answer.items?.[0]).toMatchObject({ status: 'rejected', reason: 'duplicate_key' });
  });

  it('a member named __proto__ changes nothing', async () => {
    const [status, answer] = await post(good.replace('{', '{"__proto__":{"success":true,"polluted":1},'));

    expect([status, answer.items?.length]).toEqual([200, 1]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['a truncated gzip', gzipSync(good).subarray(0, 40), 400],
    ['no gzip at all', Buffer.from(good), 400],
    ['a gzip bomb', gzipSync(Buffer.alloc(300 << 20, 0x20)), 413],
  ])('%s', async (_, body, status) => {
    const [code, answer] = await post(body, { 'content-encoding': 'gzip' });

    expect(code).toBe(status);
    expect(answer).not.toHaveProperty('items');
    if (status === 400) expect(answer).toHaveProperty('deadLetter');
  });

  it('a line of 10 MB', async () => {
    const [status, answer] = await post(good.replace('AppStruct', 'x').replace('{', `{"x":"${'y'.repeat(10 << 20)}",`));

    expect([200, 413]).toContain(status);
    expect(answer.items?.[0]?.status ?? 'rejected').toBe('rejected');
  });

  it('too many records: 413 with the limits', async () => {
    const [status, answer] = await post(JSON.stringify(Array.from({ length: 100_001 }, () => 1)));

    expect([status, answer]).toEqual([
      413,
      expect.objectContaining({ code: 'INGESTION.BATCH_TOO_LARGE', limits: expect.anything() as unknown }),
    ]);
  });

  it('a body that never ends its sentence is cut off in the end, others are served meanwhile', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /v1/sources/vault/records HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${service.key}\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{"a":`,
    );

    expect((await post(good))[0]).toBe(200);
    socket.destroy();
  });
});

describe('by the thousand', () => {
  const seeds = [...genericRecords, ...vaultRecords, ...cloudTrailRecords].map((record) => JSON.stringify(record));
  const kinds = ['generic-json', 'vault', 'aws-cloudtrail', 'keytrail', 'no-such-kind'];

  it('mangled records never fail the service, and each line is answered for', async () => {
    const mangled = fc
      .tuple(fc.constantFrom(...seeds), fc.nat(), fc.string({ unit: 'binary', maxLength: 12 }))
      .map(
        ([seed, at, junk]) =>
          seed.slice(0, at % seed.length) + junk.replace(/[\r\n]/g, '') + seed.slice((at % seed.length) + junk.length),
      );
    const lines = fc.array(fc.oneof(mangled, fc.json(), fc.constant(good)), { minLength: 20, maxLength: 60 });

    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom(...kinds), async (batch, kind) => {
        // An empty array holds no record.
        const nonEmpty = batch.filter((line) => line.trim() !== '' && !/^\s*\[\s*\]\s*$/.test(line));
        const [status, answer] = await post(nonEmpty.join('\n'), { 'content-type': 'application/x-ndjson' }, kind);
        expect([200, 400, 404]).toContain(status);
        if (status === 200) expect(answer.items?.length).toBeGreaterThanOrEqual(nonEmpty.length);
      }),
      { numRuns: 60 },
    );

    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  }, 120_000);

  it('leaves the memory bounded', () => {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'));

    expect(Number(peak?.[1]) / 1024).toBeLessThan(700);
  });
});
