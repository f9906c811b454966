import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { certificates } from '../../scripts/engines/certificates.js';
import { kafkaUser } from '../../scripts/engines/kafka-security.js';
import { startKafka, type KafkaCluster } from '../../scripts/engines/kafka.js';
import { Secret } from '../../src/domain/secret.js';
import { KafkaEventLog } from '../../src/storage/event-log/kafka/kafka-event-log.js';
import { KAFKA_WAITS, type KafkaLogin, type KafkaTls } from '../../src/storage/event-log/kafka/kafka-options.js';
import { clientCredentialsToken } from '../../src/storage/event-log/kafka/login/client-credentials-token.js';
import { fileToken } from '../../src/storage/event-log/kafka/login/file-token.js';
import { records } from '../contract/log-record.js';
import { describeEngines, OWN_KAFKA } from '../support/engines.js';
import { kafkaOptions } from '../support/kafka-room.js';
import { ENGINE_TIMEOUT } from '../support/shared-engines.js';

const login = (mechanism: 'PLAIN' | 'SCRAM-SHA-256', password = kafkaUser.password): KafkaLogin => ({
  mechanism,
  user: kafkaUser.username,
  password: new Secret(password),
});

describeEngines([OWN_KAFKA], 'a login at Kafka', () => {
  const opened: KafkaEventLog[] = [];
  const data = mkdtempSync(join(tmpdir(), 'keytrail-'));
  let kafka: KafkaCluster;
  let topics = 0;

  beforeAll(async () => {
    kafka = await startKafka({
      data,
      secured: true,
      settings: {
        // Whoever comes by TLS alone has to show a certificate.
        'listener.name.tls.ssl.client.auth': 'required',
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': certificates(data).authority,
        'connections.max.reauth.ms': '11000',
      },
    });
  }, ENGINE_TIMEOUT);
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
  });
  afterAll(async () => {
    await kafka.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const brokerOf = (listener: 'sasl' | 'tls' | 'saslTls'): string => kafka.securedBrokers(listener)[0] ?? '';
  const tls = (): KafkaTls => ({ ca: readFileSync(kafka.authority, 'utf8') });
  async function appendsAt(broker: string, ways: { tls?: KafkaTls; login?: KafkaLogin }): Promise<number> {
    topics += 1;
    const waits = { ...KAFKA_WAITS, read: 3_000 };
    const log = await KafkaEventLog.open({ ...kafkaOptions([broker], `login-${topics}`), ...ways, waits });
    opened.push(log);
    await log.append(records(3));
    return (await log.read({ epoch: 1, next: [0] }, 10)).length;
  }
  /** A token that Kafka takes in tests: nobody signed it. */
  const token = (): string => {
    const now = Math.floor(Date.now() / 1000);
    const parts = [{ alg: 'none' }, { sub: 'keytrail', iat: now, exp: now + 600 }];
    return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  };

  it.each(['PLAIN', 'SCRAM-SHA-256'] as const)('works by %s, with TLS and without', async (mechanism) => {
    expect(await appendsAt(brokerOf('sasl'), { login: login(mechanism) })).toBe(3);
    expect(await appendsAt(brokerOf('saslTls'), { login: login(mechanism), tls: tls() })).toBe(3);
  });

  it('works by OAUTHBEARER, with a token from a file', async () => {
    const path = join(data, 'token');
    writeFileSync(path, `${token()}\n`);

    const byToken: KafkaLogin = { mechanism: 'OAUTHBEARER', token: fileToken(path) };
    expect(await appendsAt(brokerOf('saslTls'), { login: byToken, tls: tls() })).toBe(3);
  });

  it('works by OAUTHBEARER, with a token of the client-credentials grant', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end(JSON.stringify({ access_token: token(), token_type: 'Bearer', expires_in: 600 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const credentials = {
      endpoint: `http://127.0.0.1:${port}`,
      clientId: 'k',
      clientSecret: new Secret('s'),
      waitMs: 2_000,
    };

    const byToken: KafkaLogin = { mechanism: 'OAUTHBEARER', token: clientCredentialsToken(credentials) };
    expect(await appendsAt(brokerOf('sasl'), { login: byToken })).toBe(3);
    expect(asked).toBe(1);
    server.close();
  });

  it('is renewed on the way, while appends and reads go on', async () => {
    const options = { ...kafkaOptions([brokerOf('sasl')], 'renewed', 2), login: login('SCRAM-SHA-256') };
    const log = await KafkaEventLog.open(options);
    opened.push(log);
    const end = performance.now() + 6_000;
    const work = async (name: string): Promise<number> => {
      let n = 0;
      for (; performance.now() < end; n += 1) {
        await log.append(records(5, `${name}-${n}`));
        await log.read(await log.end(), 10);
      }
      return n * 5;
    };

    const counts = await Promise.all(['a', 'b', 'c'].map(work));

    const { next } = await log.end();
    expect(next.reduce((sum, offset) => sum + offset, 0)).toBe(counts.reduce((sum, count) => sum + count, 0));
  });

  it('works by a certificate of our own', async () => {
    const files = certificates(data);
    const [certificate, key] = [files.certificate, files.key].map((file) => readFileSync(file, 'utf8'));

    const ours = { ...tls(), certificate: certificate ?? '', key: new Secret(key ?? '') };
    expect(await appendsAt(brokerOf('tls'), { tls: ours })).toBe(3);
    await expect(appendsAt(brokerOf('tls'), { tls: tls() })).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
  });

  const wrong = 'canary-password';
  const noToken: KafkaLogin = { mechanism: 'OAUTHBEARER', token: fileToken('/none') };
  it.each<[string, string, 'sasl' | 'saslTls', { tls?: KafkaTls; login?: KafkaLogin }]>([
    ['a wrong password', 'login-refused', 'sasl', { login: login('PLAIN', wrong) }],
    ['a wrong SCRAM password', 'login-refused', 'sasl', { login: login('SCRAM-SHA-256', wrong) }],
    ['a broker that nobody vouches for', 'tls', 'saslTls', { login: login('PLAIN'), tls: {} }],
    ['a missing token', 'no-token', 'sasl', { login: noToken }],
  ])('is refused with %s, without a word of the driver', async (_, reason, listener, ways) => {
    const failure = await appendsAt(brokerOf(listener), ways).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 'STORAGE.UNAVAILABLE', facts: { store: 'event_log', reason } });
    expect(JSON.stringify(failure)).not.toContain('canary');
  });
});
