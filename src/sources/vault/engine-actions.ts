import type { RecordableAction } from '../../domain/action.js';
import { actionBy, isListing, type Rule, type VaultCall, type VaultMeaning } from './vault-call.js';

const ISSUE: Rule = { read: 'secret.issue', write: 'secret.issue' };
const SETTINGS: Rule = {
  read: 'secret.describe',
  list: 'secret.list',
  write: 'store.config_change',
  delete: 'store.config_change',
};
const LOOK: Rule = { read: 'secret.describe', list: 'secret.list' };
const KEPT: Rule = { read: 'secret.describe', list: 'secret.list', write: 'secret.update', delete: 'secret.delete' };

/** First segments behind a mount, the same over the engines that issue credentials. */
const FIRST: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...'creds cred sts issue sign sign-verbatim token key'.split(' ').map((name) => [name, ISSUE] as const),
  ['static-creds', { read: 'secret.read' }],
  ['static-cred', { read: 'secret.read' }],
  ['revoke', { write: 'access.revoke' }],
  ['revoke-with-key', { write: 'access.revoke' }],
  ['code', { read: 'key.use', write: 'key.use' }],
  ['keys', KEPT],
  ['root', { delete: 'secret.delete', read: 'secret.describe' }],
  ...'config roles role static-roles static-role roleset rolesets static-account library connections scope'
    .split(' ')
    .map((name) => [name, SETTINGS] as const),
  ...'cert certs ca ca_chain crl issuers'.split(' ').map((name) => [name, LOOK] as const),
  ['issuer', KEPT],
]);

/** Verbs that stand deeper: `root/generate/internal`, `issuer/ID/sign/ROLE`, `library/SET/check-out`. */
const VERBS: ReadonlyMap<string, RecordableAction> = new Map([
  ['generate', 'secret.issue'],
  ['issue', 'secret.issue'],
  ['sign', 'secret.issue'],
  ['sign-verbatim', 'secret.issue'],
  ['sign-intermediate', 'secret.issue'],
  ['sign-self-issued', 'secret.issue'],
  ['check-out', 'secret.issue'],
  ['check-in', 'access.revoke'],
]);

/**
 * Engines that make credentials for others: database, aws, azure, gcp, pki, ssh, consul, nomad, rabbitmq, ldap ...
 * `undefined` where the address fits none of their calls.
 */
export function engineMeaning(call: VaultCall): VaultMeaning | undefined {
  const { rest, operation } = call;
  const action = engineAction(rest, operation);
  if (!action) return undefined;
  return { action, rest, ...(isListing(operation) && { reach: 'collection' as const }) };
}

function engineAction(rest: readonly string[], operation: string): RecordableAction | undefined {
  if (operation !== 'read' && rest.some((segment) => segment.startsWith('rotate'))) return 'secret.rotate';
  const verb = operation === 'list' ? undefined : rest.slice(1).find((segment) => VERBS.has(segment));
  // A role may be called `sign`: a verb counts only where the first segment's own rule does not say what the call is.
  const first = FIRST.get(rest[0] ?? '');
  if (verb && first !== ISSUE) return VERBS.get(verb);
  return actionBy(first, operation);
}
