import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../domain/errors.js';
import { readConfig } from './read-config.js';
import { SETTINGS } from './settings.js';

function errorsOf(environment: Record<string, string>): unknown {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof KeytrailError) return error.facts['errors'];
    throw error;
  }
  return undefined;
}

describe(readConfig.name, () => {
  it('has a default for everything, and is frozen to the bottom', () => {
    const { config, unknown } = readConfig({});

    expect(config).toMatchObject({
      data: resolve('data'),
      http: { host: '127.0.0.1', port: 7420, metricsPort: undefined },
      components: ['api', 'receivers', 'projector', 'reports'],
    });
    expect(unknown).toEqual([]);
    for (const part of [config, config.http, config.limits, config.waits, config.files, config.components]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('takes an empty variable as one that is not set', () => {
    expect(readConfig({ KEYTRAIL_PORT: '', KEYTRAIL_KEK_FILE: '  ' }).config).toMatchObject({
      http: { port: 7420 },
      files: { kek: undefined },
    });
  });

  it('lists every fault at once, without the values', () => {
    const errors = errorsOf({
      KEYTRAIL_PORT: '70000',
      KEYTRAIL_LOG_LEVEL: 'loud-4711',
      KEYTRAIL_COMPONENTS: 'api,kitchen-4711',
      KEYTRAIL_TRUSTED_PROXIES: '10.0.0.0/33',
      KEYTRAIL_MAX_RECORDS: '1e3',
    });

    expect(errors).toEqual([
      'KEYTRAIL_COMPONENTS must be a comma-separated list of api, receivers, projector, reports',
      'KEYTRAIL_LOG_LEVEL must be one of debug, info, warn, error',
      'KEYTRAIL_PORT must be a whole number from 0 to 65535',
      'KEYTRAIL_TRUSTED_PROXIES must be a comma-separated list of IP addresses or CIDR blocks',
      'KEYTRAIL_MAX_RECORDS must be a whole number from 1 to 100000',
    ]);
    expect(JSON.stringify(errors)).not.toContain('4711');
  });

  it('tells of names that look like ours and are none', () => {
    const { unknown } = readConfig({ KEYTRAIL_PROT: '1', KEYTRAIL_TEST_KAFKA: 'x', PATH: '/bin' });

    expect(unknown).toEqual(['KEYTRAIL_PROT']);
  });

  it('shows no secret', () => {
    const { config } = readConfig({ KEYTRAIL_KEY: 'kt_canary' });

    expect(JSON.stringify(config)).not.toContain('canary');
    expect(config.key?.expose('test')).toBe('kt_canary');
  });

  it('is told whole by .env.example, whose values are valid and the defaults', () => {
    const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('=', 2) as [string, string]);

    expect(lines.map(([name]) => name)).toEqual(Object.keys(SETTINGS));
    expect(JSON.stringify(readConfig(Object.fromEntries(lines)).config)).toBe(JSON.stringify(readConfig({}).config));
  });
});
