import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type SASLOptions } from 'kafkajs';
import { type KafkaCluster, startKafka } from '../../scripts/engines/kafka.js';
import { kafkaUser } from '../../scripts/engines/kafka-security.js';
import { describeEngines, OWN_KAFKA } from '../support/engines.js';
import { kafkaClient } from '../support/kafka-client.js';
import { ENGINE_TIMEOUT } from '../support/shared-engines.js';

describeEngines([OWN_KAFKA], 'A Kafka that asks who is there', () => {
  let cluster: KafkaCluster;

  beforeAll(async () => {
    cluster = await startKafka({ secured: true });
  }, ENGINE_TIMEOUT);

  afterAll(async () => {
    await cluster.stop();
  });

  const wrong = { ...kafkaUser, password: 'another' };
  const logins: readonly [string, SASLOptions][] = [
    ['plain', { mechanism: 'plain', ...kafkaUser }],
    ['scram-sha-256', { mechanism: 'scram-sha-256', ...kafkaUser }],
    [
      'oauthbearer',
      { mechanism: 'oauthbearer', oauthBearerProvider: () => Promise.resolve({ value: unsignedToken() }) },
    ],
  ];

  it.each(logins)('knows its user by %s, with and without TLS', async (_name, sasl) => {
    expect(await nodesSeen(cluster.securedBrokers('sasl'), { sasl })).toBe(1);
    expect(await nodesSeen(cluster.securedBrokers('saslTls'), { sasl, ssl: trusting(cluster) })).toBe(1);
  });

  it.each(['plain', 'scram-sha-256'] as const)('refuses another password by %s', async (mechanism) => {
    const sasl = { mechanism, ...wrong } as SASLOptions;
    await expect(nodesSeen(cluster.securedBrokers('sasl'), { sasl })).rejects.toThrow(/auth/i);
  });

  it('is trusted through its authority only', async () => {
    expect(await nodesSeen(cluster.securedBrokers('tls'), { ssl: trusting(cluster) })).toBe(1);
    await expect(nodesSeen(cluster.securedBrokers('tls'), { ssl: true })).rejects.toThrow(/certificate/);
  });
});

function trusting(cluster: KafkaCluster): { ca: string[] } {
  return { ca: [readFileSync(cluster.authority, 'utf8')] };
}

async function nodesSeen(brokers: string[], config: Parameters<typeof kafkaClient>[1]): Promise<number> {
  const admin = kafkaClient(brokers, { retry: { retries: 0 }, ...config }).admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length;
  } finally {
    await admin.disconnect();
  }
}

/** Kafka's own form for tests: a token that nobody signed. */
function unsignedToken(): string {
  const seconds = Math.floor(Date.now() / 1000);
  const parts = [{ alg: 'none' }, { sub: 'keytrail', iat: seconds, exp: seconds + 600 }];
  return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
}
