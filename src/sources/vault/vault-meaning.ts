import { authMeaning, identityMeaning } from './auth-actions.js';
import { engineMeaning } from './engine-actions.js';
import { kvMeaning, plainMeaning, versionedMeaning } from './kv-actions.js';
import { sysMeaning } from './sys-actions.js';
import { transitMeaning } from './transit-actions.js';
import type { VaultCall, VaultMeaning } from './vault-call.js';

type Reading = (call: VaultCall) => VaultMeaning | undefined;

const ENGINES: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ['system', sysMeaning],
  ['identity', identityMeaning],
  ['transit', transitMeaning],
  ['kv', kvMeaning],
  ['generic', kvMeaning],
  ['cubbyhole', plainMeaning],
  // The log names no type and nobody configured one: what looks like a known call is one, the rest is a plain KV secret.
  ['', (call) => versionedMeaning(call) ?? engineMeaning(call) ?? plainMeaning(call)],
]);

/** What a call means. `undefined` when it has nothing to do with secrets, keys or access to them. */
export function vaultMeaning(call: VaultCall): VaultMeaning | undefined {
  if (call.mount.startsWith('auth/')) return authMeaning(call);
  const isSystem = call.mount === 'sys/';
  const reading = isSystem ? sysMeaning : (ENGINES.get(call.engine) ?? engineMeaning);
  const meaning = reading(call);
  return meaning ?? (isSystem || call.engine === 'system' ? undefined : { action: 'other', rest: call.rest });
}
