import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConfig } from '../../src/config/read-config.js';
import { Service } from '../../src/service.js';

let folder: string;
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keytrail-queries-'));
  const { config } = readConfig({ KEYTRAIL_DATA: folder });
  service = await Service.open(config, { logDestination: { write: () => undefined } });
  await untilReady();
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function untilReady(): Promise<void> {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await service.application.inject({ url: '/v1/events', headers: service.hostHeaders() });
    if (answer.statusCode === 200 || Date.now() > end) return;
  }
}

const NAMES = [
  ...['actor', 'not.actor', 'secret', 'action', 'outcome', 'reason', 'source', 'instance', 'environment', 'address'],
  ...['userAgent', 'text', 'requestId', 'from', 'to', 'own', 'cursor', 'limit', 'order', 'since', 'by', 'format'],
  ...['filter', 'credential', 'session', 'not.text', 'status', 'after', '__proto__', 'constructor', 'unheard'],
];
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('*', 'a*', '?', '%', '10.0.0.0/8', '::/0', '2026-11-22', '-1', '1e9', 'true', '\0', "' OR 1=1 --"),
  fc.constantFrom('9'.repeat(30), 'x'.repeat(3_000), '\u202e', '2026-11-22T10:00:00.123456789Z', '[]', '{"a":1}'),
);

const query = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 })
  .map((pairs) => pairs.map(([name, text]) => `${name}=${encoded(text)}`).join('&'));

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

describe('hostile queries', () => {
  it('on every route are answered clearly', async () => {
    const paths = service.platform.routes.routes
      .filter(({ method, path }) => method === 'GET' && path.startsWith('/v1'))
      .map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(15);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), query, value, async (...given) => {
        const [path, search, parameter] = given;
        const url = `${path.replace(/:\w+/g, encoded(parameter) || 'x')}?${search}`;
        const answer = await service.application.inject({ url, headers: service.hostHeaders() });
        expect([url, answer.statusCode, answer.statusCode < 500]).toEqual([url, answer.statusCode, true]);
      }),
      { numRuns: 1_500 },
    );
  }, 120_000);
});
