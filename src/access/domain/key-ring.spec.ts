import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS, ROLES } from '../../domain/principal.js';
import { addKey, EMPTY_RING, isActive, recoverKey, revokeKey, type KeyRing, type RingKey } from './key-ring.js';
import { permissionsOf } from './permissions.js';

const now = new Date('2026-11-22T12:00:00Z');
const by = 'host';

function key(id: string, given: Partial<RingKey> = {}): RingKey {
  return {
    id,
    sha256: id.repeat(4),
    role: 'admin',
    identities: false,
    actorKind: 'user',
    holder: { subject: 's', keyId: 'k', nonce: 'n', ciphertext: 'c' },
    limits: { kinds: null, instances: null, environments: null, actionClasses: null },
    createdAt: '2026-01-01T00:00:00.000Z',
    createdBy: 'bootstrap',
    notAfter: null,
    revokedAt: null,
    revokedBy: null,
    ...given,
  };
}

function ringOf(...keys: readonly RingKey[]): KeyRing {
  return { ...EMPTY_RING, keys };
}

const coded = (code: string) => expect.objectContaining({ code });

describe(revokeKey.name, () => {
  it('keeps the key as revoked, for ever', () => {
    const ring = revokeKey(ringOf(key('a'), key('b')), { keyId: 'a', by, now });

    expect(ring.keys.map(({ id, revokedAt, revokedBy }) => [id, revokedAt, revokedBy])).toEqual([
      ['a', now.toISOString(), 'host'],
      ['b', null, null],
    ]);
  });

  it('changes nothing the second time', () => {
    const ring = ringOf(key('a', { revokedAt: '2026-02-02T00:00:00.000Z' }), key('b'));
    expect(revokeKey(ring, { keyId: 'a', by, now })).toBe(ring);
  });

  it('knows no other key', () => {
    expect(() => revokeKey(ringOf(key('a')), { keyId: 'b', by, now })).toThrow(coded('ACCESS.KEY_NOT_FOUND'));
  });

  it.each([
    ['there is no other', []],
    ['the others are no administrators', [key('b', { role: 'auditor' })]],
    ['the other is revoked', [key('b', { revokedAt: '2026-02-02T00:00:00.000Z' })]],
    ['the other will run out', [key('b', { notAfter: '2027-01-01T00:00:00.000Z' })]],
  ])('protects the last administrator key when %s', (_why, others) => {
    expect(() => revokeKey(ringOf(key('a'), ...others), { keyId: 'a', by, now })).toThrow(
      coded('ACCESS.LAST_ADMIN_KEY'),
    );
  });
});

describe(recoverKey.name, () => {
  it('replaces the only administrator key', () => {
    const ring = recoverKey(ringOf(key('a'), key('w', { role: 'log_writer' })), key('n'), { by, now });

    expect(ring.keys.filter((one) => isActive(one, now)).map(({ id }) => id)).toEqual(['w', 'n']);
  });

  it('wants the lost one named when there are several', () => {
    const ring = ringOf(key('a'), key('b'));

    expect(() => recoverKey(ring, key('n'), { by, now })).toThrow(coded('REQUEST.INVALID'));
    expect(recoverKey(ring, key('n'), { keyId: 'b', by, now }).keys.map((one) => isActive(one, now))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('adds one where none is left', () => {
    expect(recoverKey(EMPTY_RING, key('n'), { by, now }).keys.map(({ id }) => id)).toEqual(['n']);
  });
});

describe(isActive.name, () => {
  it.each([
    [{}, true],
    [{ notAfter: '2026-11-22T12:00:00.001Z' }, true],
    [{ notAfter: '2026-11-22T12:00:00.000Z' }, false],
    [{ revokedAt: '2026-11-22T12:00:01.000Z' }, false],
  ])('says of %j: %s', (given, active) => {
    expect(isActive(key('a', given), now)).toBe(active);
  });
});

describe(addKey.name, () => {
  it('is bounded', () => {
    const full = ringOf(...Array.from({ length: 5_000 }, (_, index) => key(String(index))));
    expect(() => addKey(full, key('n'))).toThrow(coded('ACCESS.TOO_MANY_KEYS'));
  });
});

describe(permissionsOf.name, () => {
  it('gives each role what it needs and nothing else', () => {
    const table = Object.fromEntries(ROLES.map((role) => [role, [...permissionsOf(role, false)].sort().join(' ')]));

    expect(table).toEqual({
      log_writer: 'events:write',
      security_analyst:
        'dead_letters:read events:read exports:create filters:write identities:read reports:create reports:read',
      auditor: 'dead_letters:read events:read exports:create filters:write reports:create reports:read',
      admin: [...PERMISSIONS].sort().join(' '),
      metrics: 'metrics:read',
    });
  });

  it('shows identities to an auditor whose key was issued so, and to no other role by that', () => {
    expect(permissionsOf('auditor', true).has('identities:read')).toBe(true);
    expect(permissionsOf('log_writer', true).has('identities:read')).toBe(false);
  });
});
