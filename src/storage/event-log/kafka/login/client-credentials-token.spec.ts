import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../../domain/secret.js';
import { clientCredentialsToken, type ClientCredentials } from './client-credentials-token.js';

describe(clientCredentialsToken.name, () => {
  const servers: Server[] = [];
  let asked: { authorization: string | undefined; body: string }[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
    asked = [];
  });

  async function server(answer: (response: ServerResponse) => void): Promise<ClientCredentials> {
    const one = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        asked.push({ authorization: request.headers.authorization, body });
        answer(response);
      });
    });
    servers.push(one);
    await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    const { port } = one.address() as AddressInfo;
    const clientSecret = new Secret('p:w');
    return {
      endpoint: `http://127.0.0.1:${port}/token`,
      clientId: 'id',
      clientSecret,
      scope: 'kafka/.default',
      waitMs: 300,
    };
  }
  const tokens = () => {
    let n = 0;
    return (response: ServerResponse) =>
      response.end(JSON.stringify({ access_token: `t${(n += 1)}`, expires_in: 100 }));
  };

  it('asks as RFC 6749 says, once for all who want one at the same time', async () => {
    const sut = clientCredentialsToken(await server(tokens()));

    const got = await Promise.all([sut(), sut()]);

    expect(got.map((token) => token.expose('test'))).toEqual(['t1', 't1']);
    const authorization = `Basic ${Buffer.from('id:p%3Aw').toString('base64')}`;
    expect(asked).toEqual([{ authorization, body: 'grant_type=client_credentials&scope=kafka%2F.default' }]);
  });

  it('uses a token for most of its life, then asks for another', async () => {
    let now = 0;
    const sut = clientCredentialsToken(await server(tokens()), () => now);
    const at = async (seconds: number): Promise<string> => {
      now = seconds * 1000;
      return (await sut()).expose('test');
    };

    expect([await at(0), await at(79), await at(81)]).toEqual(['t1', 't1', 't2']);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['refuses', (response) => response.writeHead(401).end('{"error":"canary"}')],
    ['says nothing', () => undefined],
    ['talks without an end', (response) => response.end(`"${'x'.repeat(100_000)}"`)],
    ['sends elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['has no token', (response) => response.end('{}')],
  ])('tells in our own words that the server %s, and asks again the next time', async (_, answer) => {
    const sut = clientCredentialsToken(await server(answer));

    await expect(sut()).rejects.toMatchObject({ message: 'no-token', passing: true });
    await expect(sut()).rejects.toMatchObject({ message: 'no-token' });
    expect(asked).toHaveLength(2);
  });
});
