import { describe, expect, it } from '@jest/globals';
import {
  answered,
  entry,
  HASH,
  PERSON_AUTH,
  request,
  REQUEST_ID,
  understoodByVault,
  type Fields,
} from '../../../test/support/vault-entries.js';
import { VaultSource } from './vault.source.js';

const METADATA = { created_time: HASH, deletion_time: HASH, destroyed: false, version: 3 };
const readSecret = (response: Fields = {}): Fields => answered('read', 'secret/data/shop/db', 'secret/ kv', response);

describe(VaultSource.name, () => {
  it('understands the response to a read whole', () => {
    const response = { data: { data: { password: HASH, port: 5432 }, metadata: METADATA } };
    expect(understoodByVault(readSecret(response))).toEqual({
      action: 'secret.read',
      outcome: 'success',
      occurredAt: '2026-03-02T08:15:30.123456789Z',
      phase: 'response',
      key: `${REQUEST_ID}:response`,
      nativeId: REQUEST_ID,
      nativeAction: 'read',
      actor: {
        kind: 'user',
        person: 0,
        roles: ['default', 'shop'],
        authentication: { method: 'token:service' },
      },
      people: [
        {
          kind: 'user',
          nativeId: 'e0000000-0000-4000-8000-00000000000a',
          name: 'maren',
          email: 'maren@example.org',
          authenticated: true,
        },
      ],
      client: { credentialId: HASH, address: '198.51.100.9' },
      secrets: [{ store: 'vault', scope: '', path: ['secret/shop/db'], version: '3', valueReturned: true }],
      correlation: { requestId: REQUEST_ID },
      details: { keyCount: 2 },
      redactions: [
        { path: 'auth.client_token', count: 1 },
        { path: 'request.client_token', count: 1 },
        { path: 'response.data', count: 2 },
      ],
      flags: [],
    });
  });

  it('keeps a request as an attempt whose end is unknown', () => {
    const attempt = entry('request', request('read', 'secret/data/shop/db', { mount_type: 'kv' }));
    expect(understoodByVault(attempt)).toMatchObject({
      action: 'secret.read',
      outcome: 'unknown',
      phase: 'request',
      key: `${REQUEST_ID}:request`,
      nativeId: REQUEST_ID,
      flags: [],
    });
    expect(understoodByVault(attempt).secrets[0]).not.toHaveProperty('valueReturned');
    const denied = understoodByVault({ ...attempt, error: 'permission denied' });
    expect(denied).toMatchObject({ outcome: 'unknown', flags: ['request_error'] });
    expect(denied.reason).toBeUndefined();
  });

  describe('how it ended', () => {
    it.each([
      ['1 error occurred:\n\t* permission denied\n\n', 'denied'],
      ['permission denied', 'denied'],
      ['1 error occurred:\n\t* unsupported path\n\n', 'not_found'],
      ['no handler for route "x/y". route entry not found.', 'not_found'],
      ['1 error occurred:\n\t* invalid request\n\n', 'invalid'],
      ['bad token', 'unauthenticated'],
      ['check-and-set parameter did not match the current version', 'conflict'],
      ['path is already in use at transit/', 'conflict'],
      ['request path "x": rate limit quota exceeded', 'throttled'],
      ['token is expired', 'expired'],
      ['dial tcp: connect: connection refused', 'error'],
    ])('%j is a failure: %s', (error, reason) => {
      const event = understoodByVault({ ...readSecret(), error });
      expect(event).toMatchObject({ outcome: 'failure', reason, secrets: [{ valueReturned: false }] });
      expect(event.redactions).toContainEqual({ path: 'error', count: 1 });
    });

    it('never keeps the text of an error', () => {
      const error = 'error converting input {"pw":"planted"} for field "data"';
      expect(JSON.stringify(understoodByVault({ ...readSecret(), error }))).not.toContain('planted');
    });

    it('takes a refusal by policy as denied', () => {
      const auth = { ...PERSON_AUTH, policy_results: { allowed: false } };
      expect(understoodByVault({ ...readSecret(), auth })).toMatchObject({ outcome: 'failure', reason: 'denied' });
    });

    it('takes a refusal by policy as denied where the error does not say what else it was', () => {
      const auth = { ...PERSON_AUTH, policy_results: { allowed: false } };
      const reasons = ['1 error occurred', 'invalid request', 'rate limit exceeded'].map(
        (error) => understoodByVault({ ...readSecret(), auth, error }).reason,
      );
      expect(reasons).toEqual(['denied', 'denied', 'throttled']);
    });

    it('takes an answer that holds nothing but an error as a failure', () => {
      const answer = answered('read', 'transit/export/encryption-key/k', 'transit/ transit', { data: { error: HASH } });
      expect(understoodByVault(answer)).toMatchObject({ outcome: 'failure', reason: 'invalid' });
    });

    it("takes the store's own status of a deleted version", () => {
      const data = { http_content_type: HASH, http_raw_body: HASH, http_status_code: 404 };
      expect(understoodByVault(readSecret({ data }))).toMatchObject({ outcome: 'failure', reason: 'not_found' });
    });

    it('does not claim that an answer without data returned a value', () => {
      const event = understoodByVault(readSecret());
      expect(event).toMatchObject({ outcome: 'success', flags: ['no_data_logged'] });
      expect(event.secrets[0]).not.toHaveProperty('valueReturned');
    });

    it('says that a wrapped value is only on its way', () => {
      const event = understoodByVault(readSecret({ wrap_info: { token: HASH, ttl: 60 } }));
      expect(event).toMatchObject({ details: { wrapped: true }, secrets: [{ valueReturned: false }], flags: [] });
    });
  });

  describe('what may be told of values', () => {
    it('counts the keys of what is written', () => {
      const written = answered('create', 'secret/data/shop/db', 'secret/ kv', { data: METADATA });
      const asked = { ...(written['request'] as Fields), data: { data: { a: HASH, b: 7, c: true }, options: {} } };
      const event = understoodByVault({ ...written, request: asked });
      expect(event).toMatchObject({ action: 'secret.create', details: { keyCount: 3 }, secrets: [{ version: '3' }] });
      expect(event.redactions).toContainEqual({ path: 'request.data', count: 2 });
    });

    it('tells no version of an engine that has none: the number may be a value', () => {
      const data = { version: 587, metadata: { version: 588, created_time: HASH, destroyed: false } };
      const event = understoodByVault(answered('read', 'old/shop/db', 'old/ kv', { data }));
      expect(JSON.stringify(event)).not.toMatch(/587|588/);
    });

    it('tells no version that the engine did not write: what looks like one may be a value', () => {
      const data = { data: HASH, metadata: { version: 589 } };
      const event = understoodByVault(answered('read', 'kv/data/db', 'kv/ kv', { data }));
      expect(event).toMatchObject({ action: 'secret.read', secrets: [{ path: ['kv/db'] }] });
      expect(JSON.stringify(event)).not.toContain('589');
    });

    it('lists the versions of a destruction', () => {
      const destroyed = answered('update', 'secret/destroy/shop/db', 'secret/ kv');
      const of = (versions: unknown): unknown => ({
        ...destroyed,
        request: { ...(destroyed['request'] as Fields), data: { versions } },
      });
      expect(understoodByVault(of([1, 2, HASH]))).toMatchObject({ details: { versions: [1, 2] } });
      expect(understoodByVault(of([2])).secrets).toMatchObject([{ version: '2' }]);
    });

    it.each([[{ keys: [HASH, HASH] }], [{ keys: 2 }]])('counts a list, elided or not: %j', (data) => {
      const listed = answered('list', 'secret/metadata/shop/', 'secret/ kv', { data });
      expect(understoodByVault(listed)).toMatchObject({
        action: 'secret.list',
        details: { keyCount: 2 },
        secrets: [{ path: ['secret/shop'], reach: 'collection' }],
      });
    });
  });

  it.each<[string, Fields]>([
    ['a token', { auth: { ...PERSON_AUTH, client_token: 'hvs.planted' } }],
    ['the token of the request', { request: request('read', 'secret/data/a', { client_token: 's.planted' }) }],
    ['a token given out', { response: { auth: { client_token: 'hvs.planted' } } }],
    ['a wrapping token', { response: { wrap_info: { token: 'hvs.planted' } } }],
  ])('raises a raw audit device by %s', (_, fields) => {
    const event = understoodByVault({ ...readSecret(), ...fields });
    expect(event.flags).toContain('raw_audit_device');
    expect(JSON.stringify(event)).not.toContain('planted');
  });

  it('keeps a plain accessor out of the credential', () => {
    const auth = { ...PERSON_AUTH, accessor: 'planted-accessor' };
    expect(JSON.stringify(understoodByVault({ ...readSecret(), auth }))).not.toContain('planted');
  });

  it('reads the user agent where it is logged', () => {
    const asked = (agent: string): Fields =>
      entry('request', request('read', 'kv/a', { headers: { 'user-agent': [agent], 'x-secret': ['planted'] } }));
    expect(understoodByVault(asked('curl/8')).client.userAgent).toBe('curl/8');
    expect(understoodByVault(asked(HASH)).client.userAgent).toBeUndefined();
    expect(JSON.stringify(understoodByVault(asked('curl/8')))).not.toContain('planted');
  });

  it('understands help, which has no request id', () => {
    const { id: _, ...asked } = request('help', 'ca/roles/web', { mount_type: 'pki' }) as { id: string };
    const event = understoodByVault(entry('response', asked));
    expect(event).toMatchObject({ action: 'other', outcome: 'success' });
    expect(event).not.toHaveProperty('phase');
    expect(event).not.toHaveProperty('key');
    expect(event).not.toHaveProperty('correlation');
  });

  it('passes a type that nobody knows', () => {
    const event = understoodByVault(entry('tombstone', request('read', 'secret/data/a')));
    expect(event).toMatchObject({ outcome: 'unknown', nativeId: REQUEST_ID, flags: ['unknown_type'] });
    expect(event).not.toHaveProperty('phase');
    expect(event).not.toHaveProperty('key');
  });

  it.each([
    ['auth/token/', 'lookup/1f6e9a2b-0000-4000-8000-000000000009', 'auth/token/lookup', 1],
    ['auth/token/', 'revoke/1f6e9a2b-0000-4000-8000-000000000009', 'auth/token/revoke', 1],
    ['auth/token/', 'renew/part/one', 'auth/token/renew', 2],
    ['auth/token/', 'revoke-orphan/1f6e9a2b', 'auth/token/revoke-orphan', 1],
    ['auth/token/', 'lookup-accessor/AbCdEfGh', 'auth/token/lookup-accessor', 1],
    ['auth/approle/', 'role/ci/secret-id/84896a0c', 'auth/approle/role/ci/secret-id', 1],
    ['auth/approle/', 'role/ci/secret-id-accessor/84896a0c', 'auth/approle/role/ci/secret-id-accessor', 1],
    ['auth/token/', 'create/shop', 'auth/token/create/shop', 0],
    ['auth/approle/', 'role/ci/secret-id/lookup', 'auth/approle/role/ci/secret-id/lookup', 0],
  ])('keeps no credential that stands in an address: %s%s', (mount, rest, kept, count) => {
    const event = understoodByVault(answered('update', mount + rest, `${mount} x`));
    expect(event.secrets[0]?.path).toEqual([kept]);
    expect(event.redactions.find(({ path }) => path === 'request.path')?.count ?? 0).toBe(count);
  });

  it('names no secret where there is no path', () => {
    expect(understoodByVault(entry('request', { id: REQUEST_ID }))).toMatchObject({ action: 'other', secrets: [] });
  });

  it.each<[unknown, string, string | undefined]>([
    ['text', 'not_an_object', undefined],
    [[], 'not_an_object', undefined],
    [{ type: 'response' }, 'missing_field', 'request'],
    [{ request: {} }, 'missing_field', 'type'],
    [{ type: 7, request: {} }, 'wrong_type', 'type'],
    [{ type: 'response', request: ['planted'] }, 'wrong_type', 'request'],
  ])('rejects %j', (value, reason, field) => {
    expect(new VaultSource().understand(value)).toEqual({ kind: 'rejected', reason, ...(field && { field }) });
  });

  it('takes lines and arrays', () => {
    expect(new VaultSource().unwrap([readSecret(), readSecret()])).toHaveLength(2);
    expect(new VaultSource().unwrap(readSecret())).toEqual([readSecret()]);
  });
});
