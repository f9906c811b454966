import type { SourcedEvent } from '../../src/domain/sourced-event.js';
import { VAULT_DEFAULTS, type VaultConfig } from '../../src/sources/vault/vault.config.js';
import { VaultSource } from '../../src/sources/vault/vault.source.js';

/** Hand-written audit entries for the specs of their source. */
export type Fields = Readonly<Record<string, unknown>>;

export const HASH = `hmac-sha256:${'ab'.repeat(32)}`;
export const REQUEST_ID = '7c0f4c0e-0000-4000-8000-000000000001';

export const PERSON_AUTH: Fields = {
  client_token: HASH,
  accessor: HASH,
  display_name: 'oidc-maren',
  policies: ['default', 'shop'],
  token_policies: ['default', 'shop'],
  policy_results: { allowed: true },
  metadata: { email: 'maren@example.org', username: 'maren' },
  entity_id: 'e0000000-0000-4000-8000-00000000000a',
  token_type: 'service',
};

export function request(operation: string, path: string, fields: Fields = {}): Fields {
  return {
    id: REQUEST_ID,
    operation,
    path,
    client_token: HASH,
    client_token_accessor: HASH,
    namespace: { id: 'root' },
    remote_address: '198.51.100.9',
    remote_port: 50123,
    ...fields,
  };
}

/** One entry of an audit device. */
export function entry(type: string, asked: Fields, fields: Fields = {}): Fields {
  return { time: '2026-03-02T08:15:30.123456789Z', type, auth: PERSON_AUTH, request: asked, ...fields };
}

/** The response to a call whose mount is told as Vault 1.15 and later do: `secret/ kv`. */
export function answered(operation: string, path: string, mount: string, response: Fields = {}): Fields {
  const [point = '', type = ''] = mount.split(' ');
  const told = { mount_point: point, mount_type: type };
  return entry('response', request(operation, path, told), { response: { ...told, ...response } });
}

export function understoodByVault(record: unknown, config: Partial<VaultConfig> = {}): SourcedEvent {
  const result = new VaultSource({ ...VAULT_DEFAULTS, ...config }).understand(record);
  if (result.kind !== 'events' || !result.events[0]) throw new Error(`not understood: ${JSON.stringify(result)}`);
  return result.events[0];
}
