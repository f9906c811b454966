import type { ActorKind, Person, SourcedActor } from '../../domain/sourced-event.js';
import { emailOf } from '../event-parts.js';
import { asArray, codeAt, recordAt, textAt, type JsonRecord } from '../json-record.js';
import { present } from '../present.js';
import type { VaultMethod } from './vault.config.js';

export interface VaultActor {
  readonly kind: ActorKind;
  readonly person?: Omit<Person, 'kind' | 'authenticated'>;
  readonly roles?: readonly string[];
  readonly authentication?: NonNullable<SourcedActor['authentication']>;
}

const ROLES_LIMIT = 50;

/** Auth methods by what they are usually for. */
const USUAL_METHODS: readonly VaultMethod[] = [
  ...'oidc userpass ldap okta github radius kerberos saml'
    .split(' ')
    .map((path) => ({ path, actors: 'user' as const })),
  ...'approle kubernetes aws gcp azure jwt cert alicloud oci cf token nomad spiffe'
    .split(' ')
    .map((path) => ({ path, actors: 'workload' as const })),
];

/** How display names begin, by whom: the operator's methods before the usual ones, the longest first. */
export type MethodKinds = readonly (readonly [prefix: string, kind: ActorKind])[];

export function methodKinds(methods: readonly VaultMethod[]): MethodKinds {
  return [...methods, ...USUAL_METHODS]
    .map(({ path, actors }) => [path.split('/').filter(Boolean).join('-'), actors] as const)
    .sort(([one], [other]) => other.length - one.length);
}

const PERSON_METADATA = ['email', 'username', 'upn', 'preferred_username'];
const WORKLOAD_METADATA = [
  'role_name',
  'service_account_name',
  'service_account_uid',
  'AllocationID',
  'instance_id',
  'project_id',
  'cert_name',
];

/**
 * Who a token is. Its entity is the identity; without one its display name is, unless that is the bare `token` that every
 * unnamed token bears. A denied entry of older versions tells nothing but the token's type: nobody.
 */
export function vaultActor(auth: JsonRecord | undefined, kinds: MethodKinds): VaultActor {
  const metadata = recordAt(auth, 'metadata');
  const displayName = textAt(auth, 'display_name');
  const isNamed = displayName !== undefined && displayName !== 'token';
  const nativeId = textAt(auth, 'entity_id') ?? (isNamed ? displayName : undefined);
  const method = codeAt(auth, 'token_type');
  const roles = asArray(auth?.['policies']).filter((role) => typeof role === 'string' && role !== '') as string[];
  return {
    kind: nativeId === undefined ? 'unknown' : kindOf(displayName, metadata, kinds),
    ...present({
      person: nativeId === undefined ? undefined : { nativeId, ...namesOf(displayName, metadata) },
      roles: roles.length > 0 ? roles.slice(0, ROLES_LIMIT) : undefined,
      authentication: method === undefined || !TOKEN_TYPES.has(method) ? undefined : { method: `token:${method}` },
    }),
  };
}

const TOKEN_TYPES: ReadonlySet<string> = new Set(['service', 'batch', 'default', 'default-service', 'default-batch']);

/** True where the record shows that Vault knew the token. */
export function isProved(auth: JsonRecord | undefined): boolean {
  return textAt(auth, 'entity_id') !== undefined || textAt(auth, 'display_name') !== undefined;
}

function namesOf(displayName: string | undefined, metadata: JsonRecord | undefined): Pick<Person, 'name' | 'email'> {
  const name = firstOf(metadata, ['username', 'preferred_username', 'name']) ?? firstOf(metadata, WORKLOAD_NAMES);
  return present({ name: name ?? displayName, email: emailOf(textAt(metadata, 'email')) ?? emailOf(name) });
}

const WORKLOAD_NAMES = ['service_account_name', 'role_name', 'Task'];

function firstOf(metadata: JsonRecord | undefined, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textAt(metadata, key);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Whoever is known and fits no rule is taken for a person: the stricter of the two. */
function kindOf(displayName = '', metadata: JsonRecord | undefined, kinds: MethodKinds): ActorKind {
  if (firstOf(metadata, PERSON_METADATA) !== undefined) return 'user';
  if (firstOf(metadata, WORKLOAD_METADATA) !== undefined) return 'workload';
  const method = kinds.find(([prefix]) => displayName === prefix || displayName.startsWith(`${prefix}-`));
  return method?.[1] ?? 'user';
}
