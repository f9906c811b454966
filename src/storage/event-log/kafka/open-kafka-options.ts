import { readFile } from 'node:fs/promises';
import type { KafkaConfig, KafkaLoginConfig, KafkaTlsConfig, SecretPlace } from '../../../config/kafka.config.js';
import { KeytrailError } from '../../../domain/errors.js';
import { Secret } from '../../../domain/secret.js';
import { KAFKA_LIMITS, KAFKA_WAITS, type KafkaLogin, type KafkaOptions, type KafkaTls } from './kafka-options.js';
import { clientCredentialsToken } from './login/client-credentials-token.js';
import { fileToken } from './login/file-token.js';

export interface LogPlace {
  readonly epoch: number;
  /** For an append to be durable. Milliseconds. */
  readonly appendMs: number;
}

/**
 * Reads the files that the configuration names; a token's file is read at each login, as it changes.
 * @throws KeytrailError CONFIG.INVALID for a file that can't be read
 */
export async function openKafkaOptions(config: KafkaConfig, { epoch, appendMs }: LogPlace): Promise<KafkaOptions> {
  const { replicationFactor, minInSyncReplicas, ...topic } = config.topic;
  return {
    brokers: config.brokers,
    clientId: config.clientId,
    topic: {
      ...topic,
      ...(replicationFactor !== undefined && { replicationFactor }),
      ...(minInSyncReplicas !== undefined && { minInSyncReplicas }),
    },
    epoch,
    waits: { ...KAFKA_WAITS, append: appendMs },
    limits: KAFKA_LIMITS,
    ...(config.tls && { tls: await tlsOf(config.tls) }),
    ...(config.login && { login: await loginOf(config.login) }),
  };
}

async function tlsOf({ caFile, certificateFile, keyFile }: KafkaTlsConfig): Promise<KafkaTls> {
  return {
    ...(caFile !== undefined && { ca: await textOf(caFile, 'KEYTRAIL_KAFKA_CA_FILE') }),
    ...(certificateFile !== undefined && {
      certificate: await textOf(certificateFile, 'KEYTRAIL_KAFKA_CERTIFICATE_FILE'),
    }),
    ...(keyFile !== undefined && { key: new Secret(await textOf(keyFile, 'KEYTRAIL_KAFKA_KEY_FILE')) }),
  };
}

async function loginOf(login: KafkaLoginConfig): Promise<KafkaLogin> {
  if (login.mechanism !== 'OAUTHBEARER')
    return { ...login, password: await secretOf(login.password, 'KEYTRAIL_KAFKA_PASSWORD_FILE') };
  const { mechanism } = login;
  if ('tokenFile' in login) return { mechanism, token: fileToken(login.tokenFile) };
  const { endpoint, clientId, scope } = login;
  const clientSecret = await secretOf(login.clientSecret, 'KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET_FILE');
  const credentials = { endpoint, clientId, clientSecret, waitMs: KAFKA_WAITS.connect };
  return { mechanism, token: clientCredentialsToken({ ...credentials, ...(scope !== undefined && { scope }) }) };
}

async function secretOf(place: SecretPlace, name: string): Promise<Secret<string>> {
  return place instanceof Secret ? place : new Secret((await textOf(place.file, name)).replace(/\r?\n$/, ''));
}

async function textOf(path: string, name: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text === '')
    throw new KeytrailError('CONFIG.INVALID', { errors: [`${name} names a file that can't be read or is empty`] });
  return text;
}
