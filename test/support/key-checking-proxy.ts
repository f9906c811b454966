import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { certificates } from '../../scripts/engines/certificates.js';

const REFUSED = JSON.stringify({
  error: { type: 'security_exception', reason: 'unable to authenticate' },
  status: 401,
});

/** HTTPS and an API key before an Elasticsearch that has neither: requests with another key are refused as Elasticsearch refuses them. */
export class KeyCheckingProxy {
  private constructor(
    private readonly server: Server,
    private readonly folder: string,
    /** The certificate to trust, as PEM. */
    readonly authority: string,
  ) {}

  static async start(target: string, apiKey: string): Promise<KeyCheckingProxy> {
    const folder = await mkdtemp(join(tmpdir(), 'keytrail-proxy-'));
    const files = certificates(folder);
    const server = createServer({ key: readFileSync(files.key), cert: readFileSync(files.certificate) });
    server.on('request', (incoming, answer) => {
      if (incoming.headers.authorization === `ApiKey ${apiKey}`) forward(target, incoming, answer);
      else refuse(incoming, answer);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new KeyCheckingProxy(server, folder, readFileSync(files.authority, 'utf8'));
  }

  get url(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await rm(this.folder, { recursive: true });
  }
}

function refuse(incoming: IncomingMessage, answer: ServerResponse): void {
  incoming.resume();
  answer.writeHead(401, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }).end(REFUSED);
}

function forward(target: string, incoming: IncomingMessage, answer: ServerResponse): void {
  const { authorization: _, ...headers } = incoming.headers;
  const outgoing = request(`${target}${incoming.url ?? ''}`, { method: incoming.method ?? 'GET', headers });
  outgoing.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    pipeline(response, answer, () => undefined);
  });
  outgoing.on('error', () => answer.destroy());
  pipeline(incoming, outgoing, () => undefined);
}
