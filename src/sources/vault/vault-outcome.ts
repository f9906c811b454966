import type { Outcome, Reason } from '../../domain/outcome.js';
import { countAt, isAbsent, recordAt, textAt, type JsonRecord } from '../json-record.js';

export interface VaultResult {
  readonly outcome: Outcome;
  readonly reason?: Reason;
}

/** Words of Vault's errors, the telling ones first. The text itself is never kept: it may repeat what was sent. */
const WORDS: readonly (readonly [reason: Reason, words: readonly string[]])[] = [
  ['denied', ['permission denied']],
  ['throttled', ['rate limit', 'quota exceeded', 'too many requests', 'rate quota']],
  ['expired', ['expired']],
  [
    'unauthenticated',
    [
      'bad token',
      'invalid token',
      'missing client token',
      'invalid credentials',
      'invalid username or password',
      'invalid role or secret id',
      'invalid role id',
      'invalid secret id',
      'invalid role_id',
      'invalid secret_id',
      'failed to authenticate',
      'login failed',
      'wrapping token is not valid',
    ],
  ],
  [
    'not_found',
    [
      'unsupported path',
      'no handler for route',
      'route entry not found',
      'no value found',
      'not found',
      'unknown role',
      'could not be found',
      'does not exist',
    ],
  ],
  ['conflict', ['check-and-set', 'already in use', 'already exists', 'existing mount', 'is locked']],
  ['invalid', ['invalid', 'unsupported operation', 'missing ', 'required', 'error converting', 'cannot parse']],
];

const STATUSES: ReadonlyMap<number, Reason> = new Map([
  [400, 'invalid'],
  [401, 'unauthenticated'],
  [403, 'denied'],
  [404, 'not_found'],
  [409, 'conflict'],
  [429, 'throttled'],
]);

/**
 * How a response says that the call ended: an `error` is a failure. So is an answer that holds nothing but an error of the
 * engine's (OpenBao and Vault answer it with status 400 and log no top-level `error`: a login with an unknown user name
 * is one), and one that tells its own failing HTTP status (a deleted version of a KV secret).
 */
export function vaultOutcome(record: JsonRecord, isLogin: boolean): VaultResult {
  const reason = failureOf(record);
  if (reason === undefined) return { outcome: 'success' };
  return { outcome: 'failure', reason: isLogin && reason === 'invalid' ? 'unauthenticated' : reason };
}

function failureOf(record: JsonRecord): Reason | undefined {
  const isRefused = recordAt(recordAt(record, 'auth'), 'policy_results')?.['allowed'] === false;
  if (isAbsent(record['error'])) return isRefused ? 'denied' : failureInData(record);
  const reason = reasonOf(textAt(record, 'error') ?? '');
  return isRefused && UNCLEAR.has(reason) ? 'denied' : reason;
}

const UNCLEAR: ReadonlySet<Reason> = new Set(['error', 'invalid']);

function failureInData(record: JsonRecord): Reason | undefined {
  const data = recordAt(recordAt(record, 'response'), 'data');
  if (!data) return undefined;
  if (isErrorOnly(data)) return 'invalid';
  const status = textAt(data, 'http_content_type') === undefined ? 0 : (countAt(data, 'http_status_code') ?? 0);
  return status < 400 ? undefined : (STATUSES.get(status) ?? 'error');
}

/** The rule by which the store itself tells an error from an answer: `logical.Response.IsError`. */
function isErrorOnly(data: JsonRecord): boolean {
  return !isAbsent(data['error']) && Object.keys(data).length === 1;
}

function reasonOf(error: string): Reason {
  const text = error.slice(0, 2_000).toLowerCase();
  return WORDS.find(([, words]) => words.some((word) => text.includes(word)))?.[0] ?? 'error';
}
