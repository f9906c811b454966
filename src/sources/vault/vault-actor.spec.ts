import { describe, expect, it } from '@jest/globals';
import {
  answered,
  entry,
  HASH,
  PERSON_AUTH,
  request,
  understoodByVault,
  type Fields,
} from '../../../test/support/vault-entries.js';

const ENTITY = 'e0000000-0000-4000-8000-00000000000b';
const by = (auth: Fields | undefined): Fields => ({ ...answered('read', 'kv/a', 'kv/ kv'), auth });

describe('who acted', () => {
  it.each<[string, Fields | undefined, string, Fields | undefined]>([
    [
      'a person with an entity',
      { display_name: 'ldap-maren', entity_id: ENTITY, metadata: { username: 'maren' } },
      'user',
      { nativeId: ENTITY, name: 'maren' },
    ],
    [
      'a workload with an entity',
      { display_name: 'approle', entity_id: ENTITY, metadata: { role_name: 'ci' } },
      'workload',
      { nativeId: ENTITY, name: 'ci' },
    ],
    [
      'a Kubernetes service account',
      { display_name: 'kubernetes-shop', entity_id: ENTITY, metadata: { service_account_name: 'shop' } },
      'workload',
      { nativeId: ENTITY, name: 'shop' },
    ],
    [
      'a task by its token',
      { display_name: 'token-7-shop', metadata: { AllocationID: '7', Task: 'shop' } },
      'workload',
      { nativeId: 'token-7-shop', name: 'shop' },
    ],
    ['the root token', { display_name: 'root', policies: ['root'] }, 'user', { nativeId: 'root', name: 'root' }],
    ['an unnamed token', { display_name: 'token', policies: ['default'] }, 'unknown', undefined],
    ['an old denied entry', { token_type: 'default' }, 'unknown', undefined],
    ['an entry without auth', undefined, 'unknown', undefined],
    [
      'someone by a method of its own name',
      { display_name: 'corp-x', entity_id: ENTITY },
      'user',
      { nativeId: ENTITY },
    ],
  ])('knows %s', (_, auth, kind, person) => {
    const event = understoodByVault(by(auth));
    expect(event.actor.kind).toBe(kind);
    expect(event.people).toEqual(person ? [expect.objectContaining(person)] : []);
  });

  it("takes the operator's word for methods of their own names", () => {
    const methods = [
      { path: 'corp', actors: 'user' as const },
      { path: 'corp/ci/', actors: 'workload' as const },
      { path: 'oidc', actors: 'service' as const },
    ];
    const kind = (display_name: string): unknown =>
      understoodByVault(by({ display_name, entity_id: ENTITY }), { methods }).actor.kind;
    expect(['corp-maren', 'corp-ci-job', 'oidc-robot', 'corporate-x'].map(kind)).toEqual([
      'user',
      'workload',
      'service',
      'user',
    ]);
  });

  it('tells the type of token', () => {
    expect(understoodByVault(by({ ...PERSON_AUTH, token_type: 'batch' })).actor.authentication).toEqual({
      method: 'token:batch',
    });
    expect(understoodByVault(by({ ...PERSON_AUTH, token_type: 'planted' })).actor.authentication).toBeUndefined();
  });

  describe('logins', () => {
    const login = (fields: Fields): Fields => ({
      ...answered('update', 'auth/userpass/login/maren', 'auth/userpass/ userpass'),
      auth: { token_type: 'default' },
      ...fields,
    });

    it('is proved by the answer, and is the person in the path', () => {
      const auth = { ...PERSON_AUTH, display_name: 'userpass-maren', metadata: { username: 'maren' } };
      const event = understoodByVault(login({ auth, response: { auth } }));
      expect(event).toMatchObject({ action: 'auth.login', outcome: 'success', actor: { kind: 'user', person: 0 } });
      expect(event.people).toMatchObject([{ nativeId: PERSON_AUTH['entity_id'], authenticated: true }]);
      expect(event.secrets[0]?.path).toEqual(['auth/userpass/login/', { person: 0 }]);
    });

    it.each<[string, Fields]>([
      ['a request', { type: 'request', response: undefined }],
      ['an error', { error: 'invalid credentials', response: { data: { error: HASH } } }],
      ['an unknown name, answered without an error', { response: { data: { error: HASH } } }],
    ])('is only claimed by %s', (_, fields) => {
      const event = understoodByVault(login(fields));
      expect(event.outcome).not.toBe('success');
      expect(event.people).toEqual([
        { kind: 'user', nativeId: 'auth/userpass/maren', name: 'maren', authenticated: false },
      ]);
      expect(event.secrets[0]?.path).toEqual(['auth/userpass/login/', { person: 0 }]);
      if (event.outcome === 'failure') expect(event.reason).toBe('unauthenticated');
    });

    it('does not take a token sent along for who logs in', () => {
      const attempt = entry('request', request('update', 'auth/approle/login', { mount_type: 'approle' }));
      expect(understoodByVault(attempt)).toMatchObject({ actor: { kind: 'unknown' }, people: [] });
    });
  });

  describe('people whom a path names', () => {
    it.each<[string, string, unknown, string]>([
      ['auth/ldap/users/maren', 'auth/ldap/ ldap', ['auth/ldap/users/', { person: 1 }], 'auth/ldap/maren'],
      [
        'auth/userpass/users/maren/password',
        'auth/userpass/ userpass',
        ['auth/userpass/users/', { person: 1 }, '/password'],
        'auth/userpass/maren',
      ],
      [
        'auth/github/map/users/maren',
        'auth/github/ github',
        ['auth/github/map/users/', { person: 1 }],
        'auth/github/maren',
      ],
      [
        'identity/entity/name/maren',
        'identity/ identity',
        ['identity/entity/name/', { person: 1 }],
        'identity/entity/maren',
      ],
      [`identity/entity/id/${ENTITY}`, 'identity/ identity', ['identity/entity/id/', { person: 1 }], ENTITY],
      [
        'sys/leases/revoke-prefix/auth/userpass/login/maren',
        'sys/ system',
        ['auth/userpass/login/', { person: 1 }],
        'auth/userpass/maren',
      ],
      [
        'sys/leases/revoke/auth/corp/ldap/login/maren/h0123',
        'sys/ system',
        ['auth/corp/ldap/login/', { person: 1 }],
        'auth/corp/ldap/maren',
      ],
      [
        'sys/leases/lookup/auth/userpass/login/maren',
        'sys/ system',
        ['sys/leases/lookup/auth/userpass/login/', { person: 1 }],
        'auth/userpass/maren',
      ],
      [
        'sys/revoke-prefix/auth/userpass/login/maren',
        'sys/ system',
        ['auth/userpass/login/', { person: 1 }],
        'auth/userpass/maren',
      ],
    ])('marks %s', (path, mount, marked, nativeId) => {
      const event = understoodByVault(answered('update', path, mount));
      expect(event.secrets[0]?.path).toEqual(marked);
      expect(event.people[1]).toMatchObject({ nativeId, authenticated: true });
    });

    it('marks names behind a nested mount that the record does not name', () => {
      const read = entry('response', request('update', 'auth/corp/ldap/users/maren'), { response: {} });
      const event = understoodByVault(read);
      expect(event).toMatchObject({
        action: 'access.grant',
        secrets: [{ path: ['auth/corp/ldap/users/', { person: 1 }] }],
      });
      expect(event.people[1]?.nativeId).toBe('auth/corp/ldap/maren');
    });

    it("marks by the operator's patterns, and leaves other names", () => {
      const config = { people: { paths: ['secret/people/{person}/**'] } };
      const read = answered('read', 'secret/data/people/maren/mail', 'secret/ kv');
      expect(understoodByVault(read, config).secrets[0]?.path).toEqual(['secret/people/', { person: 1 }, '/mail']);
      expect(understoodByVault(read).secrets[0]?.path).toEqual(['secret/people/maren/mail']);
    });

    it('creates no subject for a name that a stranger tries', () => {
      const read = answered('read', 'auth/userpass/users/guess', 'auth/userpass/ userpass');
      const denied = { ...read, auth: { token_type: 'default' }, error: 'permission denied' };
      expect(understoodByVault(denied).people).toEqual([
        { kind: 'user', nativeId: 'auth/userpass/guess', name: 'guess', authenticated: false },
      ]);
    });
  });
});
