import { actionBy, isListing, type Rule, type VaultCall, type VaultMeaning } from './vault-call.js';

const VERSIONED: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['data', { read: 'secret.read', list: 'secret.list', write: 'secret.update', delete: 'secret.delete' }],
  ['metadata', { read: 'secret.describe', list: 'secret.list', write: 'secret.update', delete: 'secret.destroy' }],
  ['detailed-metadata', { read: 'secret.list', list: 'secret.list' }],
  ['subkeys', { read: 'secret.describe' }],
  ['delete', { write: 'secret.delete' }],
  ['undelete', { write: 'secret.restore' }],
  ['destroy', { write: 'secret.destroy' }],
]);

const PLAIN: Rule = { read: 'secret.read', list: 'secret.list', write: 'secret.update', delete: 'secret.delete' };
const CONFIG: Rule = { read: 'secret.describe', write: 'store.config_change' };

/**
 * KV version 2 has the API's segment in front of a secret's path, version 1 has not. The log tells no version: an
 * address that version 2 knows is taken for it, unless the mount is configured as version 1.
 * developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
 */
export function kvMeaning(call: VaultCall): VaultMeaning | undefined {
  return versionedMeaning(call) ?? plainMeaning(call);
}

export function versionedMeaning(call: VaultCall): VaultMeaning | undefined {
  const [segment = '', ...rest] = call.rest;
  if (call.version === 1 || call.engine === 'generic') return undefined;
  if (call.version === 2 && segment === 'config' && rest.length === 0) return found(call, CONFIG, call.rest);
  const rule = rest.length > 0 || isListing(call.operation) ? VERSIONED.get(segment) : undefined;
  const meaning = found(call, rule, rest);
  return meaning && { ...meaning, holds: 'versioned' };
}

export function plainMeaning(call: VaultCall): VaultMeaning | undefined {
  const meaning = found(call, PLAIN, call.rest);
  return meaning && { ...meaning, holds: 'plain' };
}

function found(call: VaultCall, rule: Rule | undefined, rest: readonly string[]): VaultMeaning | undefined {
  const action = actionBy(rule, call.operation);
  return action && { action, rest, ...(isListing(call.operation) && { reach: 'collection' as const }) };
}
