import type { RecordableAction } from '../../domain/action.js';
import { withName } from './named-segments.js';
import { actionBy, isListing, type PathSegment, type Rule, type VaultCall, type VaultMeaning } from './vault-call.js';

const GRANTS: Rule = {
  read: 'secret.describe',
  list: 'secret.list',
  write: 'access.grant',
  delete: 'access.revoke',
};
const SETTINGS: Rule = {
  read: 'secret.describe',
  list: 'secret.list',
  write: 'store.config_change',
  delete: 'store.config_change',
};
const LOGIN: Rule = { read: 'auth.login', list: 'auth.login', write: 'auth.login', delete: 'auth.login' };
const LOOKUP: Rule = { read: 'secret.describe', write: 'secret.describe' };
const REVOKE: Rule = { write: 'access.revoke', delete: 'access.revoke' };

const TOKEN: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['create', { write: 'secret.issue' }],
  ['create-orphan', { write: 'secret.issue' }],
  ['lookup', LOOKUP],
  ['lookup-self', LOOKUP],
  ['lookup-accessor', LOOKUP],
  ['accessors', { list: 'secret.list' }],
  ['revoke', REVOKE],
  ['revoke-self', REVOKE],
  ['revoke-orphan', REVOKE],
  ['revoke-accessor', REVOKE],
  ['roles', SETTINGS],
]);

const METHOD: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['login', LOGIN],
  ['callback', LOGIN],
  ['users', GRANTS],
  ['groups', GRANTS],
  ['map', GRANTS],
  ['role', GRANTS],
  ['roles', GRANTS],
  ['certs', GRANTS],
  ['config', SETTINGS],
]);

/** Below a user or role: `users/NAME/password`, `role/NAME/secret-id`. */
const BELOW: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['password', { write: 'secret.update' }],
  ['secret-id', { write: 'secret.issue', list: 'secret.list', delete: 'access.revoke' }],
  ['custom-secret-id', { write: 'secret.issue' }],
  ['role-id', { read: 'secret.describe', write: 'secret.update' }],
  ['secret-id/lookup', LOOKUP],
  ['secret-id/destroy', REVOKE],
  ['secret-id-accessor/lookup', LOOKUP],
  ['secret-id-accessor/destroy', REVOKE],
]);

/** Auth methods: `auth/token/…` and `auth/METHOD/…`. developer.hashicorp.com/vault/api-docs/auth */
export function authMeaning(call: VaultCall): VaultMeaning {
  const { mount, rest } = call.mount === 'auth/token/' ? call : ofNestedMount(call);
  const rule = mount === 'auth/token/' ? TOKEN.get(rest[0] ?? '') : methodRule(rest);
  const kept = withoutCredentials(mount, rest);
  return {
    action: actionBy(rule, call.operation) ?? 'other',
    mount,
    rest: mount === 'auth/token/' ? kept : namedSegments({ ...call, mount, rest: kept }),
    ...(isListing(call.operation) && { reach: 'collection' as const }),
    ...(kept.length < rest.length && { credentials: rest.length - kept.length }),
  };
}

/** A mount may have slashes in it, which a record that does not name it can't tell: the method's own first word does. */
function ofNestedMount({ mount, rest }: VaultCall): Pick<VaultCall, 'mount' | 'rest'> {
  const first = rest.findIndex((segment) => METHOD.has(segment));
  if (first < 1) return { mount, rest };
  return { mount: `${mount}${rest.slice(0, first).join('/')}/`, rest: rest.slice(first) };
}

/** Calls of the token store that older versions take a token or an accessor for in the address itself. */
const OF_A_TOKEN = /^(?:lookup|renew|revoke|revoke-orphan|(?:lookup|renew|revoke)-accessor)$/;
/** The same of AppRole: `role/NAME/secret-id/ID`, where the word behind is none of the API's own. */
const OF_A_SECRET_ID = /^(?:custom-)?secret-id(?:-accessor)?$/;
const SECRET_ID_CALLS: ReadonlySet<string> = new Set(['lookup', 'destroy']);

function withoutCredentials(mount: string, rest: readonly string[]): readonly string[] {
  const [first = '', , third = '', fourth = ''] = rest;
  if (mount === 'auth/token/') return OF_A_TOKEN.test(first) ? rest.slice(0, 1) : rest;
  const isSecretId = first === 'role' && OF_A_SECRET_ID.test(third) && !SECRET_ID_CALLS.has(fourth);
  return isSecretId ? rest.slice(0, 3) : rest;
}

const ROTATE: Rule = { write: 'secret.rotate' };

function methodRule(rest: readonly string[]): Rule | undefined {
  const [first = '', , third, fourth] = rest;
  if (rest.some((segment) => segment.startsWith('rotate'))) return ROTATE;
  if (first === 'oidc' && rest[1] === 'callback') return LOGIN;
  const below = third === undefined ? undefined : (BELOW.get(`${third}/${fourth ?? ''}`) ?? BELOW.get(third));
  return below ?? METHOD.get(first);
}

/** `login/NAME`, `users/NAME` and GitHub's `map/users/NAME` name a person. */
function namedSegments({ namespace, mount, rest }: VaultCall): readonly PathSegment[] {
  const at = rest[0] === 'map' ? 1 : 0;
  return withName(rest, at, { namespace, mount, actsItself: true });
}

const ENTITY: Rule = GRANTS;
const IDENTITY: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['entity', ENTITY],
  ['entity-alias', ENTITY],
  ['group', ENTITY],
  ['group-alias', ENTITY],
  ['alias', ENTITY],
  ['persona', ENTITY],
  ['lookup', LOOKUP],
  ['mfa', SETTINGS],
  ['oidc', SETTINGS],
]);

/** The identity store: who is who, and in which groups. developer.hashicorp.com/vault/api-docs/secret/identity */
export function identityMeaning(call: VaultCall): VaultMeaning {
  return {
    action: identityAction(call) ?? 'other',
    rest: entitySegments(call),
    ...(isListing(call.operation) && { reach: 'collection' as const }),
  };
}

function identityAction({ rest, operation }: VaultCall): RecordableAction | undefined {
  if (rest[0] === 'oidc' && rest[1] === 'token') return 'secret.issue';
  if (rest.some((segment) => segment.startsWith('rotate'))) return actionBy(ROTATE, operation);
  return actionBy(IDENTITY.get(rest[0] ?? ''), operation);
}

/** `entity/name/NAME`, and `entity/id/ID`, whose id is the native id that the entity acts under. */
function entitySegments({ namespace, rest }: VaultCall): readonly PathSegment[] {
  const [first, by, name] = rest;
  if (first !== 'entity' || name === undefined || (by !== 'name' && by !== 'id')) return rest;
  const prefix = namespace === '' ? '' : `${namespace}/`;
  const nativeId = by === 'id' ? name : `${prefix}identity/entity/${name}`;
  return rest.map((segment, index) => (index === 2 ? { name, nativeId, isActor: false } : segment));
}
