import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/domain/secret.js';
import { KafkaEventLog } from '../../src/storage/event-log/kafka/kafka-event-log.js';
import { KAFKA_WAITS, type KafkaLogin, type KafkaTls } from '../../src/storage/event-log/kafka/kafka-options.js';
import { clientCredentialsToken } from '../../src/storage/event-log/kafka/login/client-credentials-token.js';
import { fileToken } from '../../src/storage/event-log/kafka/login/file-token.js';
import { records } from '../contract/log-record.js';
import { temporaryFolders } from '../contract/temporary-folder.js';
import { kafkaOptions } from '../support/kafka-room.js';
import { startSecureKafka, type SecureKafka } from '../support/secure-kafka.js';

const scram = (mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512', password = 'scram-password'): KafkaLogin => ({
  mechanism,
  user: 'keytrail',
  password: new Secret(password),
});
const plain = (password: string): KafkaLogin => ({
  mechanism: 'PLAIN',
  user: 'keytrail',
  password: new Secret(password),
});

describe('a login at Kafka', () => {
  const newFolder = temporaryFolders();
  const opened: KafkaEventLog[] = [];
  let kafka: SecureKafka;
  let topics = 0;

  beforeAll(async () => {
    kafka = await startSecureKafka();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
  });
  afterAll(() => kafka.close());

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

  it.each([
    ['PLAIN', plain('plain-password')],
    ['SCRAM-SHA-256', scram('SCRAM-SHA-256')],
    ['SCRAM-SHA-512', scram('SCRAM-SHA-512')],
  ])('works by %s, with TLS and without', async (_, login) => {
    expect(await appendsAt(kafka.sasl, { login })).toBe(3);
    expect(await appendsAt(kafka.saslTls, { login, tls: { ca: kafka.ca } })).toBe(3);
  });

  it('works by OAUTHBEARER, with a token from a file', async () => {
    const path = join(newFolder(), 'token');
    writeFileSync(path, `${token()}\n`);

    const login: KafkaLogin = { mechanism: 'OAUTHBEARER', token: fileToken(path) };
    expect(await appendsAt(kafka.saslTls, { login, tls: { ca: kafka.ca } })).toBe(3);
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

    const login: KafkaLogin = { mechanism: 'OAUTHBEARER', token: clientCredentialsToken(credentials) };
    expect(await appendsAt(kafka.sasl, { login })).toBe(3);
    expect(asked).toBe(1);
    server.close();
  });

  it('is renewed on the way, while appends and reads go on', async () => {
    const login = plain('plain-password');
    const log = await KafkaEventLog.open({ ...kafkaOptions([kafka.sasl], 'renewed', 2), login });
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
    const { ca, certificate, key } = kafka;

    expect(await appendsAt(kafka.mutualTls, { tls: { ca, certificate, key: new Secret(key) } })).toBe(3);
  });

  it.each<[string, string, (kafka: SecureKafka) => [string, { tls?: KafkaTls; login?: KafkaLogin }]]>([
    ['a wrong password', 'login-refused', ({ sasl }) => [sasl, { login: plain('canary-password') }]],
    [
      'a wrong SCRAM password',
      'login-refused',
      ({ sasl }) => [sasl, { login: scram('SCRAM-SHA-256', 'canary-password') }],
    ],
    [
      'a broker that nobody vouches for',
      'tls',
      ({ saslTls }) => [saslTls, { login: plain('plain-password'), tls: {} }],
    ],
    [
      'a missing token',
      'no-token',
      ({ sasl }) => [sasl, { login: { mechanism: 'OAUTHBEARER', token: fileToken('/none') } }],
    ],
  ])('is refused with %s, without a word of the driver', async (_, reason, attempt) => {
    const failure = await appendsAt(...attempt(kafka)).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 'STORAGE.UNAVAILABLE', facts: { store: 'event_log', reason } });
    expect(JSON.stringify(failure)).not.toContain('canary');
  });
});
