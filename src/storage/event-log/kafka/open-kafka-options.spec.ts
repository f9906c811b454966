import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import type { KafkaConfig } from '../../../config/kafka.config.js';
import { openKafkaOptions } from './open-kafka-options.js';

const PLACE = { epoch: 4, appendMs: 700 };

describe(openKafkaOptions.name, () => {
  const newFolder = temporaryFolders();
  const file = (text: string): string => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, text);
    return path;
  };
  const config: KafkaConfig = {
    brokers: ['kafka:9092'],
    clientId: 'keytrail',
    topic: { name: 'events', partitions: 3, replicationFactor: undefined, minInSyncReplicas: undefined },
    tls: undefined,
    login: undefined,
  };

  it('takes over what was set, and leaves out what was not', async () => {
    expect(await openKafkaOptions(config, PLACE)).toMatchObject({
      brokers: ['kafka:9092'],
      topic: { name: 'events', partitions: 3 },
      epoch: 4,
      waits: { append: 700 },
    });
    const options = await openKafkaOptions(config, PLACE);
    expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['tls', 'login']));
    expect(Object.keys(options.topic)).toEqual(['name', 'partitions']);
  });

  it('reads secrets from their files, and shows none of them', async () => {
    const options = await openKafkaOptions(
      {
        ...config,
        tls: { caFile: file('authority'), certificateFile: file('ours'), keyFile: file('canary key') },
        login: { mechanism: 'PLAIN', user: 'u', password: { file: file('canary password\n') } },
      },
      PLACE,
    );

    expect(options.tls).toMatchObject({ ca: 'authority', certificate: 'ours' });
    expect(options.tls?.key?.expose('test')).toBe('canary key');
    expect(options.login?.mechanism !== 'OAUTHBEARER' && options.login?.password.expose('test')).toBe(
      'canary password',
    );
    expect(JSON.stringify(options)).not.toContain('canary');
  });

  it('reads a token when it is wanted', async () => {
    const tokenFile = file('old');
    const { login } = await openKafkaOptions({ ...config, login: { mechanism: 'OAUTHBEARER', tokenFile } }, PLACE);
    writeFileSync(tokenFile, 'new\n');

    expect(login?.mechanism === 'OAUTHBEARER' && (await login.token()).expose('test')).toBe('new');
  });

  it('names the setting whose file is not there', async () => {
    const login = { mechanism: 'PLAIN', user: 'u', password: { file: '/none/of/these' } } as const;

    await expect(openKafkaOptions({ ...config, login }, PLACE)).rejects.toMatchObject({
      code: 'CONFIG.INVALID',
      facts: { errors: ["KEYTRAIL_KAFKA_PASSWORD_FILE names a file that can't be read or is empty"] },
    });
  });
});
