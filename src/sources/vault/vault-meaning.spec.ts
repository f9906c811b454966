import { describe, expect, it } from '@jest/globals';
import { answered, understoodByVault } from '../../../test/support/vault-entries.js';
import { VaultSource } from './vault.source.js';

type Row = readonly [operation: string, path: string, action: string, object: string];

function means(mount: string, rows: readonly Row[]): void {
  it.each(rows)('%s %s is %s', (operation, path, action, object) => {
    const event = understoodByVault(answered(operation, path, mount));
    expect({ action: event.action, path: event.secrets[0]?.path }).toEqual({ action, path: [object] });
    expect(event.nativeAction).toBe(operation);
  });
}

describe('what a call means', () => {
  describe('KV version 2', () => {
    means('team/kv/ kv', [
      ['read', 'team/kv/data/shop/db', 'secret.read', 'team/kv/shop/db'],
      ['create', 'team/kv/data/shop/db', 'secret.create', 'team/kv/shop/db'],
      ['update', 'team/kv/data/shop/db', 'secret.update', 'team/kv/shop/db'],
      ['patch', 'team/kv/data/shop/db', 'secret.update', 'team/kv/shop/db'],
      ['delete', 'team/kv/data/shop/db', 'secret.delete', 'team/kv/shop/db'],
      ['update', 'team/kv/delete/shop/db', 'secret.delete', 'team/kv/shop/db'],
      ['update', 'team/kv/undelete/shop/db', 'secret.restore', 'team/kv/shop/db'],
      ['update', 'team/kv/destroy/shop/db', 'secret.destroy', 'team/kv/shop/db'],
      ['delete', 'team/kv/metadata/shop/db', 'secret.destroy', 'team/kv/shop/db'],
      ['list', 'team/kv/metadata/shop/', 'secret.list', 'team/kv/shop'],
      ['list', 'team/kv/metadata', 'secret.list', 'team/kv'],
      ['read', 'team/kv/metadata/shop/db', 'secret.describe', 'team/kv/shop/db'],
      ['update', 'team/kv/metadata/shop/db', 'secret.update', 'team/kv/shop/db'],
      ['read', 'team/kv/subkeys/shop/db', 'secret.describe', 'team/kv/shop/db'],
      ['list', 'team/kv/detailed-metadata/shop/', 'secret.list', 'team/kv/shop'],
      ['read', 'team/kv/data/data/db', 'secret.read', 'team/kv/data/db'],
    ]);
  });

  describe('KV version 1 and cubbyhole', () => {
    means('old/ kv', [
      ['read', 'old/shop/db', 'secret.read', 'old/shop/db'],
      ['create', 'old/shop/db', 'secret.create', 'old/shop/db'],
      ['update', 'old/shop/db', 'secret.update', 'old/shop/db'],
      ['delete', 'old/shop/db', 'secret.delete', 'old/shop/db'],
      ['list', 'old/shop/', 'secret.list', 'old/shop'],
    ]);
    means('older/ generic', [['read', 'older/data/db', 'secret.read', 'older/data/db']]);
    means('cubbyhole/ cubbyhole', [['create', 'cubbyhole/mine', 'secret.create', 'cubbyhole/mine']]);
  });

  describe('auth', () => {
    means('auth/token/ token', [
      ['update', 'auth/token/create', 'secret.issue', 'auth/token/create'],
      ['update', 'auth/token/create-orphan', 'secret.issue', 'auth/token/create-orphan'],
      ['read', 'auth/token/lookup-self', 'secret.describe', 'auth/token/lookup-self'],
      ['list', 'auth/token/accessors/', 'secret.list', 'auth/token/accessors'],
      ['update', 'auth/token/revoke-accessor', 'access.revoke', 'auth/token/revoke-accessor'],
      ['update', 'auth/token/renew-self', 'other', 'auth/token/renew-self'],
    ]);
    means('auth/approle/ approle', [
      ['update', 'auth/approle/login', 'auth.login', 'auth/approle/login'],
      ['create', 'auth/approle/role/ci', 'access.grant', 'auth/approle/role/ci'],
      ['delete', 'auth/approle/role/ci', 'access.revoke', 'auth/approle/role/ci'],
      ['update', 'auth/approle/role/ci/secret-id', 'secret.issue', 'auth/approle/role/ci/secret-id'],
      ['update', 'auth/approle/role/ci/secret-id/destroy', 'access.revoke', 'auth/approle/role/ci/secret-id/destroy'],
      ['read', 'auth/approle/role/ci/role-id', 'secret.describe', 'auth/approle/role/ci/role-id'],
      ['update', 'auth/approle/tidy/secret-id', 'other', 'auth/approle/tidy/secret-id'],
    ]);
    means('auth/oidc/ oidc', [
      ['read', 'auth/oidc/oidc/callback', 'auth.login', 'auth/oidc/oidc/callback'],
      ['update', 'auth/oidc/config', 'store.config_change', 'auth/oidc/config'],
      ['list', 'auth/oidc/role/', 'secret.list', 'auth/oidc/role'],
    ]);
    means('identity/ identity', [
      ['update', 'identity/group', 'access.grant', 'identity/group'],
      ['delete', 'identity/entity-alias/id/1', 'access.revoke', 'identity/entity-alias/id/1'],
      ['read', 'identity/oidc/token/app', 'secret.issue', 'identity/oidc/token/app'],
      ['update', 'identity/oidc/key/k/rotate', 'secret.rotate', 'identity/oidc/key/k/rotate'],
    ]);
  });

  describe('system', () => {
    means('sys/ system', [
      ['update', 'sys/policies/acl/shop', 'secret.policy_change', 'sys/policies/acl/shop'],
      ['delete', 'sys/policy/shop', 'secret.policy_change', 'sys/policy/shop'],
      ['read', 'sys/policies/acl/shop', 'secret.describe', 'sys/policies/acl/shop'],
      ['list', 'sys/policies/acl/', 'secret.list', 'sys/policies/acl'],
      ['read', 'sys/policies/password/p/generate', 'other', 'sys/policies/password/p/generate'],
      ['update', 'sys/rotate', 'secret.rotate', 'sys/rotate'],
      ['update', 'sys/rotate/keyring', 'secret.rotate', 'sys/rotate/keyring'],
      ['update', 'sys/rotate/config', 'store.config_change', 'sys/rotate/config'],
      ['update', 'sys/audit/file', 'store.config_change', 'sys/audit/file'],
      ['delete', 'sys/audit/file', 'store.config_change', 'sys/audit/file'],
      ['update', 'sys/mounts/kv', 'store.config_change', 'sys/mounts/kv'],
      ['delete', 'sys/auth/oidc', 'store.config_change', 'sys/auth/oidc'],
      ['update', 'sys/seal', 'store.config_change', 'sys/seal'],
      ['update', 'sys/wrapping/unwrap', 'secret.read', 'sys/wrapping/unwrap'],
      ['update', 'sys/wrapping/wrap', 'other', 'sys/wrapping/wrap'],
      ['update', 'sys/generate-root/update', 'secret.issue', 'sys/generate-root/update'],
      ['read', 'sys/storage/raft/snapshot', 'secret.export', 'sys/storage/raft/snapshot'],
      ['update', 'sys/leases/revoke/database/creds/app/id-1', 'access.revoke', 'database/creds/app'],
      ['update', 'sys/leases/revoke-prefix/database/creds', 'access.revoke', 'database/creds'],
      ['update', 'sys/leases/renew', 'other', 'sys/leases/renew'],
      ['list', 'sys/leases/lookup/database/', 'secret.list', 'sys/leases/lookup/database'],
      ['update', 'sys/capabilities-self', 'other', 'sys/capabilities-self'],
      ['read', 'sys/mounts', 'other', 'sys/mounts'],
    ]);

    it.each([
      ['read', 'sys/health'],
      ['read', 'sys/internal/ui/mounts/secret'],
      ['read', 'sys/seal-status'],
      ['read', 'sys/metrics'],
    ])('ignores %s %s in both phases', (operation, path) => {
      const entry = answered(operation, path, 'sys/ system');
      const source = new VaultSource();
      for (const type of ['request', 'response']) {
        expect(source.understand({ ...entry, type })).toEqual({ kind: 'ignored', reason: 'health_or_interface' });
      }
    });
  });

  describe('transit', () => {
    means('transit/ transit', [
      ['update', 'transit/encrypt/k', 'key.use', 'transit/keys/k'],
      ['update', 'transit/sign/k/sha2-256', 'key.use', 'transit/keys/k'],
      ['update', 'transit/datakey/plaintext/k', 'key.use', 'transit/keys/k'],
      ['create', 'transit/keys/k', 'secret.create', 'transit/keys/k'],
      ['update', 'transit/keys/k/rotate', 'secret.rotate', 'transit/keys/k'],
      ['update', 'transit/keys/k/trim', 'secret.destroy', 'transit/keys/k'],
      ['delete', 'transit/keys/k', 'secret.delete', 'transit/keys/k'],
      ['read', 'transit/export/encryption-key/k/2', 'secret.export', 'transit/keys/k'],
      ['read', 'transit/backup/k', 'secret.export', 'transit/keys/k'],
      ['list', 'transit/keys/', 'secret.list', 'transit/keys'],
    ]);
  });

  describe('engines that issue', () => {
    means('db/ database', [
      ['read', 'db/creds/app', 'secret.issue', 'db/creds/app'],
      ['read', 'db/static-creds/app', 'secret.read', 'db/static-creds/app'],
      ['update', 'db/rotate-root/pg', 'secret.rotate', 'db/rotate-root/pg'],
      ['create', 'db/config/pg', 'store.config_change', 'db/config/pg'],
      ['read', 'db/roles/app', 'secret.describe', 'db/roles/app'],
    ]);
    means('ca/ pki', [
      ['update', 'ca/issue/web', 'secret.issue', 'ca/issue/web'],
      ['update', 'ca/root/generate/internal', 'secret.issue', 'ca/root/generate/internal'],
      ['update', 'ca/issuer/main/sign/web', 'secret.issue', 'ca/issuer/main/sign/web'],
      ['update', 'ca/revoke', 'access.revoke', 'ca/revoke'],
      ['update', 'ca/root/rotate/internal', 'secret.rotate', 'ca/root/rotate/internal'],
      ['update', 'ca/tidy', 'other', 'ca/tidy'],
    ]);
    means('cloud/ aws', [['update', 'cloud/sts/deploy', 'secret.issue', 'cloud/sts/deploy']]);
    means('own/ vault-plugin-of-ours', [['read', 'own/anything', 'other', 'own/anything']]);
  });

  it('passes operations that nobody knows', () => {
    expect(understoodByVault(answered('help', 'secret/', 'secret/ kv'))).toMatchObject({ action: 'other' });
    expect(understoodByVault(answered('teleport', 'secret/data/a', 'secret/ kv'))).toMatchObject({
      action: 'other',
      nativeAction: 'other',
    });
  });
});
