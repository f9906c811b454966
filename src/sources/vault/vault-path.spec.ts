import { describe, expect, it } from '@jest/globals';
import { entry, request, understoodByVault, type Fields } from '../../../test/support/vault-entries.js';
import type { VaultConfig } from './vault.config.js';

const place = (path: string, fields: Fields = {}, config?: Partial<VaultConfig>): unknown => {
  const event = understoodByVault(entry('request', request('read', path, fields)), config);
  return [event.action, event.secrets[0]?.scope, event.secrets[0]?.path[0]];
};

describe('where a secret lies', () => {
  it('is told by the mount point', () => {
    const told = { mount_point: 'team/kv/', mount_type: 'kv' };
    expect(place('team/kv/data/shop', told)).toEqual(['secret.read', '', 'team/kv/shop']);
  });

  it('takes the namespace off an OpenBao mount point', () => {
    const told = { mount_point: 'ns1/sub/kv/', mount_type: 'kv', namespace: { id: 'x1', path: 'ns1/sub/' } };
    expect(place('kv/data/shop', told)).toEqual(['secret.read', 'ns1/sub', 'kv/shop']);
  });

  it('takes the namespace off the point of a mount with slashes in it', () => {
    const told = { mount_point: 'ns1/apps/kv/', mount_type: 'kv', namespace: { id: 'x1', path: 'ns1/' } };
    expect(place('apps/kv/data/shop', told)).toEqual(['secret.read', 'ns1', 'apps/kv/shop']);
  });

  it('knows a namespace by its id where no path is told', () => {
    expect(place('kv/shop', { mount_type: 'kv', namespace: { id: 'x1' } })).toEqual(['secret.read', 'x1', 'kv/shop']);
  });

  it('is told by configured mounts, the longest first', () => {
    const mounts = [
      { path: 'team/', type: 'database' },
      { path: 'team/kv', type: 'kv', version: 2 as const },
      { path: 'ns1/vault/', type: 'transit' },
    ];
    expect(place('team/kv/data/shop', {}, { mounts })).toEqual(['secret.read', '', 'team/kv/shop']);
    expect(place('team/creds/app', {}, { mounts })).toEqual(['secret.issue', '', 'team/creds/app']);
    expect(place('vault/keys/k', { namespace: { id: 'x', path: 'ns1/' } }, { mounts })).toEqual([
      'secret.describe',
      'ns1',
      'vault/keys/k',
    ]);
  });

  it('takes a mount configured as KV version 1 at its word', () => {
    const mounts = [{ path: 'old/', type: 'kv', version: 1 as const }];
    const told = { mount_point: 'old/', mount_type: 'kv' };
    expect(place('old/data/shop', told, { mounts })).toEqual(['secret.read', '', 'old/data/shop']);
    expect(place('old/data/shop', told)).toEqual(['secret.read', '', 'old/shop']);
  });

  it('knows the configuration of KV version 2 only where the mount is configured so', () => {
    const mounts = [{ path: 'kv/', type: 'kv', version: 2 as const }];
    expect(place('kv/config', { mount_type: 'kv' }, { mounts })).toEqual(['secret.describe', '', 'kv/config']);
    expect(place('kv/config', { mount_type: 'kv' })).toEqual(['secret.read', '', 'kv/config']);
  });

  it.each([
    ['secret/data/shop/db', ['secret.read', '', 'secret/shop/db']],
    ['somewhere/data/shop/db', ['secret.read', '', 'somewhere/shop/db']],
    ['somewhere/creds/app', ['secret.issue', '', 'somewhere/creds/app']],
    ['somewhere/else', ['secret.read', '', 'somewhere/else']],
    ['transit/export/hmac-key/k', ['secret.export', '', 'transit/keys/k']],
    ['auth/corp/config', ['secret.describe', '', 'auth/corp/config']],
    ['sys/policy/shop', ['secret.describe', '', 'sys/policy/shop']],
  ])('guesses %s of an old log', (path, expected) => {
    expect(place(path)).toEqual(expected);
  });

  it('gives the environment of a rule', () => {
    const environments = [{ environment: 'production', scopes: ['prod'], paths: ['kv/**'] }];
    const fields = { namespace: { id: 'p', path: 'prod/' } };
    const read = (path: string): unknown =>
      understoodByVault(entry('request', request('read', path, fields)), { environments });
    expect(read('kv/shop')).toMatchObject({ environment: 'production' });
    expect(read('secret/shop')).not.toHaveProperty('environment');
  });
});
