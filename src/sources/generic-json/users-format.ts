import type { RecordableAction } from '../../domain/action.js';
import type { ActionRule, Conditions, GenericFormat } from './generic-format.js';

const TYPE = 'event_type';
const ACTION = 'action';

const READ = ['read', 'get', 'view', 'access', 'reveal', 'fetch', 'retrieve', 'use', 'copy_value'];
const LIST = ['list', 'search', 'browse'];
const DESCRIBE = ['describe', 'metadata', 'inspect'];
const CREATE = ['add', 'added', 'create', 'created', 'insert', 'new'];
const UPDATE = ['modify', 'modified', 'update', 'updated', 'change', 'changed', 'edit', 'set', 'write'];
const DELETE = ['delete', 'deleted', 'remove', 'removed'];
const DESTROY = ['destroy', 'destroyed', 'purge', 'purged'];
const RESTORE = ['restore', 'restored', 'recover', 'undelete'];
const ROTATE = ['rotate', 'rotated', 'rotation'];
const EXPORT = ['export', 'exported', 'download'];
const GRANT = ['grant', 'granted', 'allow', 'share', ...CREATE];
const REVOKE = ['revoke', 'revoked', 'deny', 'unshare', ...DELETE];
const LOGIN = ['login', 'log_in', 'signin', 'sign_in', 'authenticate', 'authentication'];

const rule = (when: Conditions, action: RecordableAction, more: Partial<ActionRule> = {}): ActionRule => ({
  when,
  action,
  ...more,
});

/** The verbs of a secret's life, in the order in which they are tried. */
const VERBS: readonly (readonly [readonly string[], RecordableAction])[] = [
  [READ, 'secret.read'],
  [LIST, 'secret.list'],
  [DESCRIBE, 'secret.describe'],
  [CREATE, 'secret.create'],
  [UPDATE, 'secret.update'],
  [DELETE, 'secret.delete'],
  [DESTROY, 'secret.destroy'],
  [RESTORE, 'secret.restore'],
  [ROTATE, 'secret.rotate'],
  [EXPORT, 'secret.export'],
  [['grant', 'granted', 'share'], 'access.grant'],
  [['revoke', 'revoked', 'unshare'], 'access.revoke'],
  [LOGIN, 'auth.login'],
];

const byVerb = (types: readonly string[], otherwise: RecordableAction, more?: Partial<ActionRule>): ActionRule[] => [
  ...VERBS.map(([verbs, action]) => rule({ [TYPE]: types, [ACTION]: verbs }, action, more)),
  rule({ [TYPE]: types }, otherwise, more),
];

const FAILED = ['failed_attempt', 'failed_access', 'access_failed', 'access_denied', 'failed_access_attempt'];

/**
 * The users' own format:
 * `{"timestamp","event_type","user_id","user_email","secret_name","environment","action","ip_address","user_agent","success"}`
 * with the event types access, change, permission change, failed attempt and rotation, in their usual spellings.
 */
export const USERS_FORMAT: GenericFormat = {
  kind: 'generic-json',
  title: 'JSON events of your own applications',
  mapping: 1,
  fields: {
    occurredAt: ['timestamp', 'time', 'occurred_at', 'created_at'],
    id: 'event_id',
    environment: 'environment',
    nativeAction: TYPE,
    actorId: ['user_id', 'service_id', 'actor_id'],
    actorName: ['user_name', 'username', 'service_name', 'actor_name'],
    actorEmail: ['user_email', 'email'],
    actorKind: ['actor_type', 'user_type'],
    onBehalfOf: 'on_behalf_of',
    role: ['role', 'user_role'],
    credentialId: ['api_key_id', 'token_id', 'credential_id'],
    sessionName: ['session_id', 'session'],
    address: ['ip_address', 'ip', 'source_ip'],
    userAgent: 'user_agent',
    secret: ['secret_name', 'secret_path', 'secret'],
    version: ['secret_version', 'version'],
    previousVersion: ['previous_version', 'old_version'],
    requestId: ['request_id', 'correlation_id'],
    traceId: 'trace_id',
    changeId: ['change_id', 'ticket'],
    outcome: ['success', 'outcome', 'result', 'status'],
    reason: ['error_code', 'failure_reason', 'reason', 'error', 'status_code'],
    origin: ['rotation_type', 'trigger', 'rotation_trigger', 'automatic'],
  },
  actions: [
    ...byVerb(FAILED, 'secret.read', { outcome: 'failure' }),
    rule({ [TYPE]: ['permission_change', 'permission_changed', 'access_change'], [ACTION]: GRANT }, 'access.grant'),
    rule({ [TYPE]: ['permission_change', 'permission_changed', 'access_change'], [ACTION]: REVOKE }, 'access.revoke'),
    rule({ [TYPE]: ['permission_change', 'permission_changed', 'access_change'] }, 'secret.policy_change'),
    rule({ [TYPE]: ['permission_granted', 'permission_grant'] }, 'access.grant'),
    rule({ [TYPE]: ['permission_revoked', 'permission_revoke'] }, 'access.revoke'),
    rule({ [TYPE]: ['automatic_rotation', 'auto_rotation'] }, 'secret.rotate', { origin: 'automatic' }),
    rule({ [TYPE]: ['manual_rotation'] }, 'secret.rotate', { origin: 'manual' }),
    rule({ [TYPE]: ['secret_rotation', 'rotation', 'secret_rotated', 'rotate'] }, 'secret.rotate'),
    ...byVerb(['secret_access', 'access', 'secret_accessed'], 'secret.read'),
    ...byVerb(['secret_change', 'change', 'secret_changed'], 'secret.update'),
    rule({ [TYPE]: ['secret_read', 'secret_viewed'] }, 'secret.read'),
    rule({ [TYPE]: ['secret_add', 'secret_added', 'secret_create', 'secret_created'] }, 'secret.create'),
    rule({ [TYPE]: ['secret_modify', 'secret_modified', 'secret_update', 'secret_updated'] }, 'secret.update'),
    rule({ [TYPE]: ['secret_delete', 'secret_deleted', 'secret_removed'] }, 'secret.delete'),
    rule({ [TYPE]: ['failed_login', 'login_failed'] }, 'auth.login', { outcome: 'failure' }),
    rule({ [TYPE]: ['user_login', ...LOGIN] }, 'auth.login'),
  ],
  outcomes: {
    success: ['true', '1', 'success', 'succeeded', 'ok', 'allowed', 'granted'],
    failure: ['false', '0', 'failure', 'failed', 'error', 'denied', 'refused', 'rejected'],
  },
  reasons: {
    denied: ['denied', 'forbidden', 'access_denied', 'permission_denied', 'unauthorized', 'not_authorized', '403'],
    unauthenticated: [
      'unauthenticated',
      'invalid_credentials',
      'invalid_token',
      'bad_password',
      'not_logged_in',
      '401',
    ],
    not_found: ['not_found', 'no_such_secret', 'unknown_secret', '404'],
    conflict: ['conflict', 'already_exists', '409'],
    throttled: ['throttled', 'rate_limited', 'rate_limit', 'rate_limit_exceeded', 'too_many_requests', '429'],
    invalid: ['invalid', 'invalid_request', 'bad_request', 'validation_error', '400', '422'],
    expired: ['expired', 'token_expired', 'session_expired', 'expired_token'],
  },
  origins: {
    manual: ['manual', 'user', 'by_hand', 'false'],
    automatic: ['automatic', 'auto', 'scheduled', 'schedule', 'policy', 'system', 'true'],
  },
  defaults: { actorKind: 'user' },
};
