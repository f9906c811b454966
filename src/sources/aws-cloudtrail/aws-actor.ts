import type { Person, SourcedActor } from '../../domain/sourced-event.js';
import { emailOf } from '../event-parts.js';
import { codeAt, recordAt, textAt, truthAt, type JsonRecord } from '../json-record.js';
import type { PathPattern } from '../path-pattern.js';
import { present } from '../present.js';

/** Who acted, in the terms of an event. `person` is absent where the record names nobody. */
export interface AwsActor {
  readonly kind: SourcedActor['kind'];
  readonly person?: Omit<Person, 'kind' | 'authenticated'>;
  readonly roles?: readonly string[];
  readonly sessionName?: string;
}

const NOBODY: AwsActor = { kind: 'unknown' };
/** Roles that IAM Identity Center makes for people. */
const SSO_ROLE = ':role/aws-reserved/sso.amazonaws.com/';
const SERVICE_ROLE = ':role/aws-service-role/';

type Reading = (identity: JsonRecord, peopleRoles: readonly PathPattern[]) => AwsActor;

const BY_TYPE: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ['Root', (identity) => named('user', textAt(identity, 'arn') ?? codeAt(identity, 'accountId'), 'root')],
  ['IAMUser', namedUser],
  ['FederatedUser', namedUser],
  ['SAMLUser', namedUser],
  ['WebIdentityUser', webIdentity],
  ['AssumedRole', assumedRole],
  ['Role', assumedRole],
  ['IdentityCenterUser', identityCenterUser],
  ['AWSAccount', otherAccount],
]);

/**
 * Who a `userIdentity` is.
 * docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function awsActor(identity: JsonRecord | undefined, peopleRoles: readonly PathPattern[]): AwsActor {
  if (!identity) return NOBODY;
  const reading = BY_TYPE.get(textAt(identity, 'type') ?? '') ?? byService;
  return reading(identity, peopleRoles);
}

function named(kind: AwsActor['kind'], nativeId: string | undefined, name?: string): AwsActor {
  if (nativeId === undefined) return { kind };
  const email = emailOf(name);
  return { kind, person: { nativeId, ...(name && { name }), ...(email && { email }) } };
}

function namedUser(identity: JsonRecord): AwsActor {
  const arn = textAt(identity, 'arn');
  const userName = textAt(identity, 'userName') ?? arn?.slice(arn.lastIndexOf('/') + 1);
  // A failed console sign-in hides the name it was given.
  const name = userName === 'HIDDEN_DUE_TO_SECURITY_REASONS' ? undefined : userName;
  return named('user', arn ?? textAt(identity, 'principalId') ?? name, name);
}

function webIdentity(identity: JsonRecord): AwsActor {
  const name = textAt(identity, 'userName');
  const kind = name?.startsWith('system:serviceaccount:') ? 'workload' : 'user';
  return named(kind, textAt(identity, 'principalId') ?? name, name);
}

/**
 * A role is assumed by a person where the record or the operator says so: a source identity, a role of IAM Identity
 * Center, a role on the operator's list. Then the person is role + session name; otherwise the role is a workload and
 * its session no identity.
 */
function assumedRole(identity: JsonRecord, peopleRoles: readonly PathPattern[]): AwsActor {
  const context = recordAt(identity, 'sessionContext');
  const issuer = recordAt(context, 'sessionIssuer');
  const { role, session } = sessionOf(identity);
  const roleArn = textAt(issuer, 'arn') ?? role;
  const human = textAt(context, 'sourceIdentity') ?? textAt(identity, 'sourceIdentity');
  const actor =
    human !== undefined || isPersonRole(roleArn, peopleRoles)
      ? roleSession(roleArn, human ?? session, peopleRoles)
      : workload(roleArn, textAt(issuer, 'userName') ?? textAt(identity, 'userName'));
  return session === undefined ? actor : { ...actor, sessionName: session };
}

function roleSession(
  roleArn: string | undefined,
  name: string | undefined,
  peopleRoles: readonly PathPattern[],
): AwsActor {
  if (name === undefined) return { kind: 'user' };
  const actor = named('user', `${roleArn ?? 'role'}/${name}`, name);
  return roleArn === undefined ? actor : { ...actor, roles: [withoutName(roleArn, peopleRoles)] };
}

/** Roles stand in entries in clear: where the operator marked a person's own role, its name does not. */
function withoutName(roleArn: string, peopleRoles: readonly PathPattern[]): string {
  for (const pattern of peopleRoles) {
    const pieces = pattern.split(roleArn);
    if (pieces) return pieces.map(({ text, isPerson }) => (isPerson ? '{person}' : text)).join('');
  }
  return roleArn;
}

function workload(roleArn: string | undefined, roleName: string | undefined): AwsActor {
  const kind = roleArn?.includes(SERVICE_ROLE) ? 'service' : 'workload';
  return named(kind, roleArn ?? roleName, roleName ?? roleArn?.slice(roleArn.lastIndexOf('/') + 1));
}

function isPersonRole(roleArn: string | undefined, peopleRoles: readonly PathPattern[]): boolean {
  if (roleArn === undefined) return false;
  return roleArn.includes(SSO_ROLE) || peopleRoles.some((pattern) => pattern.matches(roleArn));
}

const SESSION_ARN = /^(arn:[^:]+):sts::([^:]*):assumed-role\/([^/]+)(?:\/(.+))?$/s;

/** `arn:aws:sts::A:assumed-role/ROLE/SESSION`; the role's path is not in it, so an issuer's ARN goes before. */
function sessionOf(identity: JsonRecord): { readonly role?: string; readonly session?: string } {
  const [, partition, account, role, session] = SESSION_ARN.exec(textAt(identity, 'arn') ?? '') ?? [];
  return present({
    role: partition && account !== undefined && role ? `${partition}:iam::${account}:role/${role}` : undefined,
    session: session ?? afterColon(textAt(identity, 'principalId')),
  });
}

/** The session of a principal id: `AROAEXAMPLEID:session`. */
function afterColon(principalId = ''): string | undefined {
  const colon = principalId.indexOf(':');
  return colon < 0 || colon === principalId.length - 1 ? undefined : principalId.slice(colon + 1);
}

function identityCenterUser(identity: JsonRecord): AwsActor {
  const onBehalfOf = recordAt(identity, 'onBehalfOf');
  const userId = textAt(onBehalfOf, 'userId');
  const store = textAt(onBehalfOf, 'identityStoreArn');
  return named('user', userId && (store ? `${store}/user/${userId}` : userId));
}

/** A principal of another account: AWS gives its unique id, whose first letters tell what it is. */
function otherAccount(identity: JsonRecord): AwsActor {
  if (identity['accountId'] === 'ANONYMOUS_PRINCIPAL') return NOBODY;
  const principal = textAt(identity, 'principalId');
  if (principal === undefined) return named('unknown', codeAt(identity, 'accountId'));
  const session = afterColon(principal);
  const id = session === undefined ? principal : principal.slice(0, -session.length - 1);
  const actor = named(PRINCIPAL_KINDS.get(id.slice(0, 4)) ?? 'unknown', id);
  return session === undefined ? actor : { ...actor, sessionName: session };
}

const PRINCIPAL_KINDS: ReadonlyMap<string, AwsActor['kind']> = new Map([
  ['AIDA', 'user'],
  ['AROA', 'workload'],
]);

/** AWS itself. The type may be missing; `AWS Internal` and Secrets Manager acting on its own are the store. */
function byService(identity: JsonRecord): AwsActor {
  const service = textAt(identity, 'invokedBy');
  if (service === undefined) return NOBODY;
  const isStore = service === 'AWS Internal' || STORES.has(service);
  return named(isStore ? 'store' : 'service', service, service);
}

const STORES: ReadonlySet<string> = new Set(['secretsmanager.amazonaws.com', 'ssm.amazonaws.com', 'kms.amazonaws.com']);

/** How the actor proved who it is, as far as the record tells. That no second factor is told proves nothing. */
export function awsAuthentication(identity: JsonRecord | undefined): SourcedActor['authentication'] {
  const method = codeAt(identity, 'type');
  const attributes = recordAt(recordAt(identity, 'sessionContext'), 'attributes');
  const mfa = truthAt(attributes, 'mfaAuthenticated') === true;
  if (method === undefined || !METHODS.has(method)) return mfa ? { assurance: 'mfa' } : undefined;
  return { method, ...(mfa && { assurance: 'mfa' }) };
}

const METHODS: ReadonlySet<string> = new Set([
  'Root',
  'IAMUser',
  'AssumedRole',
  'FederatedUser',
  'SAMLUser',
  'WebIdentityUser',
  'AWSService',
  'AWSAccount',
  'IdentityCenterUser',
]);
