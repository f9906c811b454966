import type { RecordableAction } from '../../domain/action.js';
import { actionBy, isListing, type Rule, type VaultCall, type VaultMeaning } from './vault-call.js';

/** Position of the key's name behind the verb. */
const USES: ReadonlyMap<string, number> = new Map([
  ...'encrypt decrypt rewrap sign verify hmac cmac'.split(' ').map((verb) => [verb, 1] as const),
  ['datakey', 2],
]);
const EXPORTS: ReadonlyMap<string, number> = new Map([
  ['export', 2],
  ['byok-export', 2],
  ['backup', 1],
]);

const KEY: Rule = { read: 'secret.describe', list: 'secret.list', write: 'secret.update', delete: 'secret.delete' };
const BELOW_KEY: ReadonlyMap<string, RecordableAction> = new Map([
  ['rotate', 'secret.rotate'],
  ['config', 'secret.update'],
  ['trim', 'secret.destroy'],
  ['import', 'secret.import'],
  ['import_version', 'secret.import'],
  ['soft-delete', 'secret.delete'],
  ['soft-delete-restore', 'secret.restore'],
]);
const SETTINGS: Rule = { read: 'secret.describe', write: 'store.config_change' };

/**
 * Transit: keys that are used and never read. Every call is about `keys/NAME`, however its address is built.
 * developer.hashicorp.com/vault/api-docs/secret/transit
 */
export function transitMeaning(call: VaultCall): VaultMeaning {
  const [verb = '', second, third] = call.rest;
  if (verb === 'keys') return keyMeaning(call, second, third);
  const used = USES.get(verb);
  if (used !== undefined) return { action: 'key.use', rest: keyPath(call.rest[used]) };
  const exported = EXPORTS.get(verb);
  if (exported !== undefined) return exportMeaning(call, exported);
  return { action: otherAction(call, verb) ?? 'other', rest: verb === 'restore' ? keyPath(second) : call.rest };
}

function exportMeaning({ rest }: VaultCall, place: number): VaultMeaning {
  const version = rest[0] === 'export' ? rest[3] : undefined;
  const isNumbered = version !== undefined && /^\d{1,9}$/.test(version);
  return { action: 'secret.export', rest: keyPath(rest[place]), ...(isNumbered && { version }) };
}

function keyMeaning(call: VaultCall, name: string | undefined, below: string | undefined): VaultMeaning {
  const action = below === undefined ? actionBy(KEY, call.operation) : BELOW_KEY.get(below);
  const reach = isListing(call.operation) ? { reach: 'collection' as const } : {};
  return { action: action ?? 'other', rest: keyPath(name), ...reach };
}

function otherAction(call: VaultCall, verb: string): RecordableAction | undefined {
  if (verb === 'random' || verb === 'hash') return 'key.use';
  if (verb === 'restore') return 'secret.restore';
  if (verb === 'wrapping_key') return 'secret.describe';
  return verb === 'config' || verb === 'cache-config' ? actionBy(SETTINGS, call.operation) : undefined;
}

function keyPath(name: string | undefined): readonly string[] {
  return name === undefined ? ['keys'] : ['keys', name];
}
