import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { arrangeKafka } from './arrange-kafka.js';
import { KAFKA_SETTINGS, type KafkaSettingValues } from './kafka-settings.js';

/** As readConfig does it. */
function arranged(environment: Record<string, string>): ReturnType<typeof arrangeKafka> {
  const values = Object.entries(KAFKA_SETTINGS).map(([name, setting]) => {
    const text = environment[name];
    const read = text === undefined ? { value: setting.otherwise } : setting.parse(text);
    return [name, 'fault' in read ? read : read.value];
  });
  return arrangeKafka(Object.fromEntries(values) as KafkaSettingValues);
}

const BROKERS = { KEYTRAIL_KAFKA_BROKERS: 'kafka-1:9092, [::1]:9093' };

describe(arrangeKafka.name, () => {
  it('wants to know where Kafka is, and else goes by safe defaults', () => {
    expect(arranged({})).toEqual({ faults: ['KEYTRAIL_KAFKA_BROKERS must be set'] });
    expect(arranged(BROKERS)).toEqual({
      config: {
        brokers: ['kafka-1:9092', '[::1]:9093'],
        clientId: 'keytrail',
        topic: { name: 'keytrail.events', partitions: 12, replicationFactor: undefined, minInSyncReplicas: undefined },
        tls: undefined,
        login: undefined,
      },
    });
  });

  it.each([
    ['plain', 'PLAIN'],
    ['scram-sha-256', 'SCRAM-SHA-256'],
    ['scram-sha-512', 'SCRAM-SHA-512'],
  ])('takes a login by %s with a password or its file', (name, mechanism) => {
    const login = { ...BROKERS, KEYTRAIL_KAFKA_LOGIN: name, KEYTRAIL_KAFKA_USER: 'keytrail' };
    const file = resolve('p');

    expect(arranged({ ...login, KEYTRAIL_KAFKA_PASSWORD_FILE: 'p' })).toMatchObject({
      config: { login: { mechanism, user: 'keytrail', password: { file } } },
    });
    const withText = arranged({ ...login, KEYTRAIL_KAFKA_PASSWORD: 'canary' });
    expect(withText).toMatchObject({ config: { login: { mechanism } } });
    expect(JSON.stringify(withText)).not.toContain('canary');
  });

  it('takes a token from a file, or of an endpoint', () => {
    const login = { ...BROKERS, KEYTRAIL_KAFKA_LOGIN: 'oauthbearer' };

    expect(arranged({ ...login, KEYTRAIL_KAFKA_TOKEN_FILE: 't' })).toMatchObject({
      config: { login: { mechanism: 'OAUTHBEARER', tokenFile: resolve('t') } },
    });
    expect(
      arranged({
        ...login,
        KEYTRAIL_KAFKA_TOKEN_ENDPOINT: 'https://login.example/token',
        KEYTRAIL_KAFKA_TOKEN_CLIENT_ID: 'id',
        KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET_FILE: 's',
        KEYTRAIL_KAFKA_TOKEN_SCOPE: 'kafka/.default',
      }),
    ).toMatchObject({ config: { login: { endpoint: 'https://login.example/token', scope: 'kafka/.default' } } });
  });

  it.each<[string, Record<string, string>]>([
    ['KEYTRAIL_KAFKA_CA_FILE has no meaning while KEYTRAIL_KAFKA_TLS is off', { KEYTRAIL_KAFKA_CA_FILE: 'ca' }],
    [
      'KEYTRAIL_KAFKA_CERTIFICATE_FILE and KEYTRAIL_KAFKA_KEY_FILE must be set together',
      { KEYTRAIL_KAFKA_TLS: 'on', KEYTRAIL_KAFKA_KEY_FILE: 'key' },
    ],
    [
      'KEYTRAIL_KAFKA_LOGIN wants KEYTRAIL_KAFKA_USER and KEYTRAIL_KAFKA_PASSWORD or its file',
      { KEYTRAIL_KAFKA_LOGIN: 'plain', KEYTRAIL_KAFKA_USER: 'u' },
    ],
    [
      'KEYTRAIL_KAFKA_PASSWORD and KEYTRAIL_KAFKA_PASSWORD_FILE must not both be set',
      { KEYTRAIL_KAFKA_PASSWORD: 'canary', KEYTRAIL_KAFKA_PASSWORD_FILE: 'p' },
    ],
    [
      'KEYTRAIL_KAFKA_MIN_IN_SYNC_REPLICAS must not be larger than KEYTRAIL_KAFKA_REPLICATION_FACTOR',
      { KEYTRAIL_KAFKA_REPLICATION_FACTOR: '1', KEYTRAIL_KAFKA_MIN_IN_SYNC_REPLICAS: '2' },
    ],
  ])('says that %s', (fault, environment) => {
    expect(arranged({ ...BROKERS, ...environment })).toEqual({ faults: [fault] });
  });

  it.each([
    ['KEYTRAIL_KAFKA_BROKERS', ['kafka', 'kafka:0', 'kafka:99999', 'a b:9092', ',']],
    ['KEYTRAIL_KAFKA_TOKEN_ENDPOINT', ['http://login.example/', 'https://user:pass@login.example/', 'login']],
    ['KEYTRAIL_KAFKA_TOPIC', ['..', 'a/b', '']],
  ] as const)('does not take any text for %s', (name, texts) => {
    for (const text of texts) expect(KAFKA_SETTINGS[name].parse(text)).toHaveProperty('fault');
    expect(KAFKA_SETTINGS.KEYTRAIL_KAFKA_TOKEN_ENDPOINT.parse('http://127.0.0.1:9/t')).toHaveProperty('value');
  });
});
