import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../../src/config/read-config.js';
import { Projector } from '../../src/consuming/projector.port.js';
import { KeytrailError } from '../../src/domain/errors.js';
import { Service } from '../../src/service.js';
import { ReadStore } from '../../src/storage/read-store/read-store.port.js';
import { awaitUntil } from '../support/await-until.js';
import { runCli, startCli } from '../support/run-cli.js';
import { RunningService } from '../support/running-service.js';
import { read } from '../support/trail-records.js';

/** Far more than connections and pipes hold between them. */
const EVENTS = 8_000;
const PAGE = 200;
const RECORDS = Array.from({ length: EVENTS }, (_, number) =>
  read(`user${number % 9}`, `kv/${'long/'.repeat(180)}${number}`, '2026-11-01T08:00:00Z'),
);

async function record(url: string, key: string): Promise<void> {
  for (let from = 0; from < EVENTS; from += 1_000) {
    const answer = await fetch(`${url}/v1/sources/generic-json/records`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(RECORDS.slice(from, from + 1_000)),
    });
    expect(answer.status).toBe(200);
  }
}

describe('an export of a service that is killed', () => {
  let service: RunningService;

  beforeAll(async () => {
    service = await RunningService.start();
    await record(service.url, service.key);
    await awaitUntil('the views', async () => {
      const { lag } = await service.json<{ lag: { events: number } }>('/v1/events?limit=1');
      return lag.events < 100;
    });
  });

  afterAll(() => service.dispose());

  it('does not look whole to whoever reads it, and the command says so', async () => {
    const child = startCli(['--url', service.url, 'export'], { environment: { KEYTRAIL_KEY: service.key } });
    let text = '';
    let notes = '';
    child.stderr.on('data', (chunk) => (notes += String(chunk)));
    const begun = new Promise<void>((resolve) => {
      const read = (chunk: unknown): void => {
        text += String(chunk);
        if (text.length < 300_000) return;
        child.stdout.off('data', read).pause();
        resolve();
      };
      child.stdout.on('data', read);
    });
    await begun;

    await service.kill();
    const closed = once(child, 'close');
    child.stdout.on('data', (chunk) => (text += String(chunk))).resume();
    const [code] = (await closed) as [number];

    expect({ code, notes }).toEqual({ code: 4, notes: expect.stringContaining('the export is incomplete') });
    expect(text.trimEnd().split('\n').length).toBeLessThan(EVENTS);
    expect(text).not.toContain('"complete"');
  });
});

describe('an export that is cut off', () => {
  let folder: string;
  let service: Service;
  let store: ReadStore;
  let url: string;
  let key = '';
  let stopped = false;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keytrail-export-'));
    const { config } = readConfig({ KEYTRAIL_DATA: folder, KEYTRAIL_PORT: '0' });
    service = await Service.open(config, { logDestination: { write: () => undefined } });
    url = await service.listen((text) => (key = /kt_\w+/.exec(text)?.[0] ?? ''));
    store = service.application.get(ReadStore, { strict: false });
    await record(url, key);
    await service.application.get(Projector, { strict: false }).caughtUp();
  });

  afterAll(async () => {
    if (!stopped) await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const ask = (signal?: AbortSignal): Promise<Response> =>
    fetch(`${url}/v1/events/export?format=ndjson`, {
      headers: { authorization: `Bearer ${key}` },
      ...(signal && { signal }),
    });

  it('by a read store that fails says so: by an error, and never by a closing line that all is there', async () => {
    const query = store.query.bind(store);
    let pages = 0;
    jest.spyOn(store, 'query').mockImplementation((wanted) => {
      pages += wanted.ascending ? 1 : 0;
      return pages > 10 ? Promise.reject(new KeytrailError('STORAGE.UNAVAILABLE')) : query(wanted);
    });
    const response = await ask();
    let text = '';

    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
    })();

    await expect(reading).rejects.toThrow();
    expect(text).not.toContain('"complete":true');
    const out = join(folder, 'november.csv');
    const args = ['--url', url, 'export', '--format', 'csv', '--out', out];
    const { code, err } = await runCli(args, { environment: { KEYTRAIL_KEY: key } });
    expect({ code, err }).toEqual({ code: 4, err: expect.stringContaining('the export is incomplete') });
    expect(readdirSync(folder).filter((name) => name.startsWith('november'))).toEqual([]);
  });

  it('by its reader reads no further, and the next one is whole', async () => {
    const query = jest.spyOn(store, 'query');
    const abort = new AbortController();
    const response = await ask(abort.signal);
    await response.body?.getReader().read();

    abort.abort();
    const before = query.mock.calls.length;
    const whole = await (await ask()).text();

    const lines = whole.trimEnd().split('\n');
    expect(lines).toHaveLength(EVENTS + 1);
    expect(lines.at(-1)).toContain('"complete":true');
    // The one given up did not go on beside it: what was asked for is what one export asks for.
    expect(query.mock.calls.length - before).toBeLessThan((EVENTS / PAGE) * 1.5);
  });

  it('by a reader who takes no more ends after a while, and soon when the service stops', async () => {
    const { port, hostname } = new URL(url);
    const reader = connect(Number(port), hostname);
    const head = ['GET /v1/events/export?format=ndjson HTTP/1.1', `host: ${hostname}`, `authorization: Bearer ${key}`];
    reader.write(`${head.join('\r\n')}\r\n\r\n`);
    await once(reader, 'data');
    reader.pause();
    const ended = once(reader, 'close');
    expect(service.application.getHttpServer()).toMatchObject({ timeout: 120_000 });

    await service.stop();
    stopped = true;

    reader.on('error', () => undefined).resume();
    await ended;
  });
});
