import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../domain/errors.js';
import { Secret } from '../../domain/secret.js';
import { HttpTransport } from './http-transport.js';
import { KeytrailClient } from './keytrail-client.js';
import { ServiceProblem } from './service-problem.js';
import { Transport, type ApiRequest, type ApiResponse } from './transport.js';

type Answer = Partial<ApiResponse> & { readonly text?: string; readonly retryAfter?: string };

/** Gives the prepared answers one after the other; `lost` stands for a connection that breaks. */
class PreparedTransport extends Transport {
  override readonly place = 'prepared';
  override readonly isShared = true;
  readonly sent: ApiRequest[] = [];

  constructor(private readonly answers: (Answer | 'lost')[]) {
    super();
  }

  override async send(request: ApiRequest): Promise<ApiResponse> {
    this.sent.push(request);
    const answer = this.answers.shift();
    await Promise.resolve();
    if (answer === undefined || answer === 'lost') throw new KeytrailError('CLI.SERVICE_UNREACHABLE');
    return {
      status: answer.status ?? 200,
      header: (name) => (name === 'retry-after' ? answer.retryAfter : undefined),
      body: ReadableStream.from([Buffer.from(answer.text ?? '{"fine":true}')]),
    };
  }

  override async close(): Promise<void> {
    await Promise.resolve();
  }
}

function setup(...answers: (Answer | 'lost')[]) {
  const transport = new PreparedTransport(answers);
  const pauses: number[] = [];
  const told: string[] = [];
  const sut = new KeytrailClient(transport, {
    attempts: 4,
    totalMs: 60_000,
    pause: (milliseconds) => Promise.resolve(pauses.push(milliseconds)),
    tell: (reason) => told.push(reason),
  });
  return { sut, transport, pauses, told };
}

const busy = { status: 503, retryAfter: '2', text: '{"code":"INGESTION.QUEUE_FULL"}' };

describe(KeytrailClient.name, () => {
  it('comes back when it is told when to', async () => {
    const { sut, pauses, told } = setup(busy, { ...busy, retryAfter: '0' }, {});

    expect(await sut.get('/v1/events')).toEqual({ fine: true });
    expect(pauses).toEqual([2_000, 100]);
    expect(told).toEqual(['INGESTION.QUEUE_FULL', 'INGESTION.QUEUE_FULL']);
  });

  it('gives up after its attempts, and before it waits too long', async () => {
    const tired = setup(busy, busy, busy, busy, {});
    await expect(tired.sut.get('/')).rejects.toMatchObject({ code: 'INGESTION.QUEUE_FULL', exit: 4 });
    expect(tired.transport.sent).toHaveLength(4);

    const slow = { ...busy, retryAfter: '3600' };
    const impatient = setup(slow, slow, slow, {});
    await expect(impatient.sut.get('/')).rejects.toBeInstanceOf(ServiceProblem);
    expect(impatient.pauses).toEqual([30_000, 30_000]);
  });

  it('does not try again what would fail again', async () => {
    const { sut, transport } = setup({ status: 503, retryAfter: '1', text: '{"code":"STORAGE.DAMAGED"}' });
    await expect(sut.get('/')).rejects.toMatchObject({ code: 'STORAGE.DAMAGED' });
    const denied = setup({ status: 403, text: '{"code":"ACCESS.DENIED"}' });
    await expect(denied.sut.get('/')).rejects.toMatchObject({ code: 'ACCESS.DENIED', exit: 3 });

    expect(transport.sent).toHaveLength(1);
  });

  it('takes up a connection that broke, but not one that never was', async () => {
    const never = setup('lost', {});
    await expect(never.sut.get('/')).rejects.toMatchObject({ code: 'CLI.SERVICE_UNREACHABLE' });

    const broken = setup({}, 'lost', {});
    await broken.sut.get('/');
    expect(await broken.sut.get('/')).toEqual({ fine: true });
  });

  it('tells what a proxy or a later version says as far as it is known', async () => {
    const proxy = setup({ status: 502, text: '<html>' });
    await expect(proxy.sut.get('/')).rejects.toMatchObject({ exit: 4, title: 'The service answered with status 502' });
    const later = setup({ status: 409, text: '{"code":"LEDGER.LATER","title":"Later"}' });
    await expect(later.sut.get('/')).rejects.toMatchObject({ exit: 2, code: 'LEDGER.LATER', title: 'Later' });
    const page = setup({ text: '<html>' });
    await expect(page.sut.get('/')).rejects.toMatchObject({ code: 'CLI.SERVICE_UNREACHABLE' });
  });
});

describe(HttpTransport.name, () => {
  const server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
    else if (request.url === '/torn') response.write('{', () => response.destroy());
    else response.end(JSON.stringify({ url: request.url, authorization: request.headers.authorization }));
  });
  let address = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const client = (base: string) =>
    new KeytrailClient(new HttpTransport(base, new Secret('kt_key')), {
      attempts: 1,
      totalMs: 0,
      pause: () => Promise.resolve(),
      tell: () => undefined,
    });

  it('sends the key in the header, below the path of the address', async () => {
    const answer = await client(`${address}/keytrail/`).get('/v1/events', new URLSearchParams({ secret: 'a b' }));

    expect(answer).toEqual({ url: '/keytrail/v1/events?secret=a+b', authorization: 'Bearer kt_key' });
  });

  it('does not carry the key to where an answer points', async () => {
    await expect(client(address).get('/moved')).rejects.toMatchObject({ code: 'CLI.SERVICE_UNREACHABLE' });
  });

  it('tells of an answer that broke off, and of nobody answering', async () => {
    await expect(client(address).get('/torn')).rejects.toMatchObject({ code: 'CLI.SERVICE_UNREACHABLE' });
    await expect(client('http://127.0.0.1:1').get('/')).rejects.toMatchObject({ code: 'CLI.SERVICE_UNREACHABLE' });
  });

  it('refuses an address that holds more than an address', () => {
    for (const wrong of ['127.0.0.1:7420', 'file:///x', 'http://me:secret@host', 'http://host?key=1'])
      expect(() => new HttpTransport(wrong, undefined)).toThrow(KeytrailError);
  });

  it('knows when the key would cross a network in clear', () => {
    const unprotected = (base: string) => new HttpTransport(base, undefined).isUnprotected;

    expect(['http://localhost:1', 'http://127.0.0.1', 'http://[::1]:2', 'https://host'].map(unprotected)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(unprotected('http://10.0.0.1')).toBe(true);
  });
});
