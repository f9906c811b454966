import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConfig } from '../../src/config/read-config.js';
import { Service } from '../../src/service.js';

let folder: string;
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keytrail-hostile-'));
  const { config } = readConfig({ KEYTRAIL_DATA: folder });
  service = await Service.open(config, { logDestination: { write: () => undefined } });
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const KINDS = ['keytrail', 'vault', 'aws-cloudtrail', 'generic-json'] as const;
const TYPES = ['application/json', 'application/x-ndjson', 'text/plain', 'application/octet-stream'] as const;

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly read?: number;
  readonly recorded?: number;
}

async function post(body: Buffer, kind: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await service.application.inject({
    method: 'POST',
    url: `/v1/sources/${kind}/records`,
    headers: { ...service.hostHeaders(), ...headers },
    payload: body,
  });
  return { status: answer.statusCode, ...answer.json<object>() };
}

/** What may come back: an answer for each record, or a clear error. Never a 500, never a 503. */
function expectClear(answer: Answer): void {
  expect([answer.status, answer.code]).not.toEqual([500, expect.anything()]);
  expect([200, 400, 413, 415]).toContain(answer.status);
}

/** JSON of any form, and strings that tend to break things. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', '\ud800', '__proto__', 'constructor', '\u202e', '=1+1', '😀'.repeat(50), 'kt_', '\r\n'),
);
const hostileJson = fc.jsonValue({ maxDepth: 6 });
/** Records that look like those of a source, with hostile values in their places. */
const nearRecord = fc.dictionary(
  fc.constantFrom(
    ...['action', 'outcome', 'actor', 'secrets', 'occurredAt', 'type', 'time', 'auth', 'request', 'response'],
    ...['eventName', 'eventSource', 'eventTime', 'userIdentity', 'requestParameters', 'eventID', 'Records'],
    ...['timestamp', 'event_type', 'user_id', 'secret_name', 'success', 'ip_address', '__proto__'],
  ),
  fc.oneof(hostileText, hostileJson, fc.constantFrom('request', 'response', 'GetSecretValue', 'secret_access', true)),
);

const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  hostileJson.map((value) => Buffer.from(JSON.stringify(value))),
  fc.array(nearRecord, { maxLength: 5 }).map((records) => Buffer.from(JSON.stringify(records))),
  fc
    .array(nearRecord, { maxLength: 5 })
    .map((records) => Buffer.from(records.map((r) => JSON.stringify(r)).join('\n'))),
);

describe('hostile bodies', () => {
  it('by the thousand are answered clearly, and the service stays up', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...KINDS), fc.constantFrom(...TYPES), fc.boolean(), async (...given) => {
        const [bytes, kind, type, gzip] = given;
        const headers = { 'content-type': type, ...(gzip && { 'content-encoding': 'gzip' }) };
        expectClear(await post(gzip ? gzipSync(bytes) : bytes, kind, headers));
        asked += 1;
      }),
      { numRuns: 1_200 },
    );
    expect(asked).toBe(1_200);
  }, 120_000);

  it.each([
    ['deep nesting', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['deep objects', () => `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['a huge string', () => JSON.stringify({ action: 'x'.repeat(7_000_000) })],
    ['a 7 MB line', () => `{"a":"${'y'.repeat(7_000_000)}"}\n{"a":1}`],
    ['a million empty objects', () => `[${'{},'.repeat(1_000_000)}{}]`],
    ['many lines', () => '{}\n'.repeat(100_000)],
    ['duplicate keys', () => '{"action":"secret.read","action":"secret.list"}'],
    ['a number too large', () => '{"n":1e999}'],
    ['nothing', () => ''],
    ['blanks', () => ' \n\t '],
  ])('with %s are answered clearly', async (_what, text) => {
    for (const kind of KINDS) {
      expectClear(await post(Buffer.from(text()), kind, { 'content-type': 'application/json' }));
    }
    expect((await service.application.inject({ url: '/livez' })).statusCode).toBe(200);
  });
});
