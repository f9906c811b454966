import type { RecordableAction } from '../../domain/action.js';
import { withNameWithin } from './named-segments.js';
import { actionBy, isListing, isReading, type Rule, type VaultCall, type VaultMeaning } from './vault-call.js';

/** Health, counters and what user interfaces ask before every call: nothing to do with secrets, keys or access. */
const ASIDE: ReadonlySet<string> = new Set(
  (
    'health leader seal-status ha-status metrics host-info pprof version-history in-flight-req monitor internal ' +
    'license replication experiments activation-flags'
  ).split(' '),
);

const POLICY: Rule = {
  read: 'secret.describe',
  list: 'secret.list',
  write: 'secret.policy_change',
  delete: 'secret.policy_change',
};
const SETTINGS: Rule = { write: 'store.config_change', delete: 'store.config_change' };
const REVOKE: Rule = { write: 'access.revoke' };
const LEASES: Rule = { read: 'secret.describe', list: 'secret.list', write: 'secret.describe' };

const SYS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['policies', POLICY],
  ['policy', POLICY],
  ['wrapping/unwrap', { read: 'secret.read', write: 'secret.read' }],
  ['wrapping/lookup', { read: 'secret.describe', write: 'secret.describe' }],
  ['leases/lookup', LEASES],
  ['leases/revoke', REVOKE],
  ['leases/revoke-prefix', REVOKE],
  ['leases/revoke-force', REVOKE],
  ['revoke', REVOKE],
  ['revoke-prefix', REVOKE],
  ['revoke-force', REVOKE],
  ['generate-root', { write: 'secret.issue' }],
  ['generate-recovery-token', { write: 'secret.issue' }],
  ['mfa/validate', { write: 'auth.login' }],
  ['rotate/config', SETTINGS],
  ...(
    'audit auth mounts remount namespaces plugins config quotas seal unseal init step-down rekey rekey-recovery-key ' +
    'storage managed-keys loggers mfa control-group decode-token license replication internal'
  )
    .split(' ')
    .map((name) => [name, SETTINGS] as const),
]);

/** The system backend. `undefined`: nothing to do with secrets. developer.hashicorp.com/vault/api-docs/system */
export function sysMeaning(call: VaultCall): VaultMeaning | undefined {
  const { namespace, rest, operation } = call;
  if (isReading(operation) && ASIDE.has(rest[0] ?? '')) return undefined;
  const lease = leaseMeaning(call);
  if (lease) return lease;
  const reach = isListing(operation) ? { reach: 'collection' as const } : {};
  return { action: sysAction(call) ?? 'other', rest: withNameWithin(rest, namespace), ...reach };
}

function sysAction({ rest, operation }: VaultCall): RecordableAction | undefined {
  const [first = '', second = ''] = rest;
  if (isSnapshot(rest)) return operation === 'read' ? 'secret.export' : 'secret.restore';
  if (first === 'policies' && rest.at(-1) === 'generate') return 'other';
  const rule = SYS.get(`${first}/${second}`) ?? SYS.get(first);
  if (!rule && first.startsWith('rotate')) return actionBy({ write: 'secret.rotate' }, operation);
  return actionBy(rule, operation);
}

/** A snapshot holds every secret, encrypted: taking one is an export, putting one back a restore. */
function isSnapshot([first, second, third]: readonly string[]): boolean {
  return (
    first === 'storage' && second === 'raft' && third?.startsWith('snapshot') === true && third !== 'snapshot-auto'
  );
}

const OF_A_LEASE = /^(?:renew|revoke|revoke-prefix|revoke-force)$/;

/** `sys/leases/revoke/database/creds/app/ID` is about `database/creds/app`; an id may also stand in the dropped data. */
function leaseMeaning({ namespace, rest, operation }: VaultCall): VaultMeaning | undefined {
  const verbs = rest[0] === 'leases' ? rest.slice(1) : rest;
  const [verb = '', ...lease] = verbs;
  if (!OF_A_LEASE.test(verb) || lease.length === 0) return undefined;
  const isPrefix = verb.startsWith('revoke-');
  const action = (verb === 'renew' ? undefined : actionBy(REVOKE, operation)) ?? 'other';
  const object = isPrefix || lease.length < 2 ? lease : lease.slice(0, -1);
  return {
    action,
    mount: '',
    rest: withNameWithin(object, namespace),
    ...(isPrefix && { reach: 'collection' as const }),
  };
}
