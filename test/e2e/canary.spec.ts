import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awaitUntil } from '../support/await-until.js';
import {
  canonicalRecords,
  cloudTrailRecords,
  genericRecords,
  hostileBodies,
  PEOPLE_CANARIES,
  SECRET_CANARIES,
  tellingPart,
  TOKENS,
  vaultRecords,
} from '../support/canaries.js';
import { describeEngines, POPPLER, QPDF } from '../support/engines.js';
import { RunningService } from '../support/running-service.js';
import { sharedPath } from '../support/shared.js';

let service: RunningService;
/** Every answer of the service, by the place it came from. */
const answers = new Map<string, Buffer>();
let pseudonymous: string[] = [];

async function ask(name: string, path: string, init: RequestInit = {}): Promise<Buffer> {
  const response = await service.fetch(path, init);
  const body = Buffer.from(await response.arrayBuffer());
  const headers = JSON.stringify([...response.headers]);
  answers.set(name, Buffer.concat([Buffer.from(headers), body]));
  return body;
}

function post(kind: string, body: string): Promise<Buffer> {
  const path = kind === 'keytrail' ? '/v1/events' : `/v1/sources/${kind}/records`;
  return ask(`POST ${path} ${answers.size}`, path, { method: 'POST', body });
}

async function makeReport(named: boolean): Promise<string[]> {
  const body = JSON.stringify({
    kind: 'secret-activity',
    from: '2020-01-01T00:00:00Z',
    to: '2027-01-01T00:00:00Z',
    named,
  });
  const { id } = JSON.parse(String(await ask(`report ${named}`, '/v1/reports', { method: 'POST', body }))) as {
    id: string;
  };
  await awaitUntil('the report', async () => {
    const { status } = await service.json<{ status: string }>(`/v1/reports/${id}`);
    if (status === 'failed') throw new Error('the report failed');
    return status === 'done';
  });
  const folder = join(service.folder, 'reports', id);
  return readdirSync(folder).map((file) => join(folder, file));
}

/** A PDF's text and attachments, which are compressed within. */
function readPdf(file: string): Buffer {
  const text = execFileSync('pdftotext', ['-layout', file, '-']);
  const inside = execFileSync('qpdf', ['--qdf', '--object-streams=disable', file, '-'], { maxBuffer: 1 << 28 });
  return Buffer.concat([text, inside]);
}

function files(): string[] {
  return readdirSync(service.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function found(canaries: readonly string[], haystack: Buffer): string[] {
  return canaries.filter(
    (canary) => haystack.includes(canary) || haystack.includes(Buffer.from(canary).toString('base64').slice(0, -4)),
  );
}

const QUERIES = [
  '/v1/events?limit=1000&own=true',
  '/v1/events/export?format=ndjson&own=true',
  '/v1/events/export?format=csv&own=true',
  '/v1/events/counts?by=actor',
  '/v1/events/counts?by=secret',
  '/v1/events/counts?by=address',
  '/v1/secrets',
  '/v1/actors',
  '/v1/failures',
  '/v1/daily-counts',
  '/v1/coverage',
  '/v1/dead-letters',
  '/v1/filters',
  '/v1/reports',
  '/v1/keys',
  '/v1/diagnostics',
  '/openapi.json',
  '/metrics',
  '/nowhere',
];

beforeAll(async () => {
  service = await RunningService.start({ environment: { KEYTRAIL_LOG_LEVEL: 'debug' } });
  await post('vault', vaultRecords.map((record) => JSON.stringify(record)).join('\n'));
  await post('aws-cloudtrail', JSON.stringify({ Records: cloudTrailRecords }));
  await post('generic-json', JSON.stringify(genericRecords));
  await post('keytrail', JSON.stringify(canonicalRecords));
  for (const token of TOKENS) {
    const path = `/v1/sources/generic-json/records?instance=${encodeURIComponent(token)}`;
    const body = JSON.stringify([genericRecords[0], { nothing: 'known' }]);
    await ask(`POST with an instance ${answers.size}`, path, { method: 'POST', body });
  }
  for (const body of hostileBodies) await post('generic-json', body);
  for (const body of hostileBodies) await post('vault', body);
  await postSamples();
  await awaitUntil('the views', async () => {
    const { lag } = await service.json<{ lag: { events: number } }>('/v1/events?limit=1');
    return lag.events <= 2;
  });
  await ask('filter by a person', `/v1/events?actor=${encodeURIComponent('alisa.canary@people.example')}`);
  await ask('filter by an address', '/v1/events?address=203.0.113.77');
  for (const path of QUERIES) await ask(path, path);
  pseudonymous = await makeReport(false);
  answers.set('pseudonymous report', Buffer.concat(pseudonymous.map((file) => readFileSync(file))));
  answers.set('named report', Buffer.concat((await makeReport(true)).map((file) => readFileSync(file))));
  answers.set('log', Buffer.from(service.output));
}, 120_000);

afterAll(async () => {
  await service.dispose();
});

/** Recorded logs that hold secrets in clear, where they lie beside the project. */
async function postSamples(): Promise<void> {
  const folders = [
    ['aws_cloudtrail', 'aws-cloudtrail'],
    ['vault', 'vault'],
  ] as const;
  for (const [folder, kind] of folders) {
    if (!existsSync(sharedPath('samples', folder))) continue;
    for (const entry of readdirSync(sharedPath('samples', folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && /\.(json|log)$/.test(entry.name))
        await post(kind, readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    }
  }
}

function sampleCanaries(): string[] {
  const file = sharedPath('samples', 'canaries.json');
  if (!existsSync(file)) return [];
  const { canaries } = JSON.parse(readFileSync(file, 'utf8')) as {
    canaries: { value: string; decoded: string | null }[];
  };
  return canaries.flatMap(({ value, decoded }) => [value, decoded ?? value]).filter((text) => text.length > 7);
}

describe('canary 1: no secret in any output', () => {
  const canaries = (): string[] => [...SECRET_CANARIES, ...TOKENS.map(tellingPart), ...sampleCanaries()];

  it('no file of the data folder holds one', () => {
    const where = files().flatMap((file) =>
      found(canaries(), readFileSync(file)).map((canary) => `${file}: ${canary}`),
    );

    expect(where).toEqual([]);
  });

  it('no answer, log line, metric, export or report holds one', () => {
    const where = [...answers].flatMap(([name, bytes]) =>
      found(canaries(), bytes).map((canary) => `${name}: ${canary}`),
    );

    expect(where).toEqual([]);
  });

  describeEngines([POPPLER, QPDF], 'inside PDF files', () => {
    it('no report holds one', () => {
      const reports = files().filter((file) => file.endsWith('.pdf'));

      expect(reports).toHaveLength(2);
      expect(reports.flatMap((file) => found(canaries(), readPdf(file)))).toEqual([]);
    });
  });
});

describe('canary 2: people in clear only where they may be', () => {
  it('they are in the read store, or this test sees nothing', () => {
    const readStore = files().filter((file) => file.includes('read.sqlite'));

    const seen = new Set(readStore.flatMap((file) => found(PEOPLE_CANARIES, readFileSync(file))));

    expect(PEOPLE_CANARIES.filter((name) => !seen.has(name))).toEqual([]);
  });

  it('they are in no other file of the data folder but named reports, and in no file name', () => {
    const named = '/reports/';
    const others = files().filter((file) => !file.includes('read.sqlite') && !file.includes(named));

    expect(
      others.flatMap((file) => found(PEOPLE_CANARIES, readFileSync(file)).map((name) => `${file}: ${name}`)),
    ).toEqual([]);
    expect(found(PEOPLE_CANARIES, Buffer.from(files().join('\n')))).toEqual([]);
  });

  it.each([
    'log',
    '/metrics',
    '/v1/dead-letters',
    'pseudonymous report',
    '/nowhere',
    '/v1/coverage',
    '/v1/diagnostics',
  ])('they are not in %s', (name) => {
    expect(found(PEOPLE_CANARIES, answers.get(name) ?? Buffer.from('missing'))).toEqual([]);
    expect(answers.has(name)).toBe(true);
  });

  describeEngines([POPPLER, QPDF], 'inside PDF files', () => {
    it('they are not in a pseudonymous report', () => {
      const reports = pseudonymous.filter((file) => file.endsWith('.pdf'));

      expect(reports).toHaveLength(1);
      expect(reports.flatMap((file) => found(PEOPLE_CANARIES, readPdf(file)))).toEqual([]);
    });
  });
});
