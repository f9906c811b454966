import { describe, expect, it } from '@jest/globals';
import type { KeyRing, RingKey } from './domain/key-ring.js';
import { fingerprint, KEY_RANDOM_BYTES, makeKey } from './domain/key-text.js';
import { KeyDirectory } from './key-directory.js';

const now = new Date('2026-11-22T12:00:00Z');
const key = (fill: number) => makeKey(new Uint8Array(KEY_RANDOM_BYTES).fill(fill));

function ringKey(fill: number, given: Partial<RingKey> = {}): RingKey {
  const { keyId, text } = key(fill);
  return {
    id: keyId,
    sha256: fingerprint(text),
    role: 'log_writer',
    identities: false,
    actorKind: 'service',
    holder: { keyId: 'k', nonce: 'n', ciphertext: 'c' },
    limits: { kinds: ['vault'], instances: null, environments: [], actionClasses: null },
    createdAt: '2026-01-01T00:00:00.000Z',
    createdBy: 'host',
    notAfter: null,
    revokedAt: null,
    revokedBy: null,
    ...given,
  };
}

function setup(...keys: readonly RingKey[]) {
  const sut = new KeyDirectory();
  const ring: KeyRing = { v: 1, keys };
  sut.replace(ring, new Map([[key(1).keyId, 'collector']]));
  return sut;
}

describe(KeyDirectory.name, () => {
  it('knows the holder of a key', () => {
    expect(setup(ringKey(1)).judge(key(1).text, now)).toEqual({
      principal: {
        keyId: key(1).keyId,
        role: 'log_writer',
        permissions: new Set(['events:write']),
        actorKind: 'service',
        name: 'collector',
        limits: { kinds: ['vault'], environments: [] },
      },
    });
  });

  it('knows a holder who was forgotten by the key alone', () => {
    expect(setup(ringKey(2)).judge(key(2).text, now)).toMatchObject({ principal: { name: key(2).keyId } });
  });

  it.each([
    ['an unknown id', key(3).text],
    ['a known id with another secret', makeSame()],
    ['no key', 'kt_'],
    ['an empty text', ''],
  ])('refuses %s', (_what, text) => {
    expect(setup(ringKey(1)).judge(text, now)).toEqual({ refused: 'unauthenticated' });
  });

  it.each([
    ['revoked', { revokedAt: '2026-11-22T11:59:59.999Z' }],
    ['run out', { notAfter: '2026-11-22T12:00:00.000Z' }],
  ])('refuses a key that is %s', (_what, given) => {
    expect(setup(ringKey(1, given)).judge(key(1).text, now)).toEqual({ refused: 'expired' });
  });

  it('is replaced whole', () => {
    const sut = setup(ringKey(1));
    sut.replace({ v: 1, keys: [ringKey(2)] }, new Map());

    expect(sut.judge(key(1).text, now)).toEqual({ refused: 'unauthenticated' });
    expect(sut.judge(key(2).text, now)).toHaveProperty('principal');
  });
});

/** The id of key 1 with a secret of its own, and a right checksum. */
function makeSame(): string {
  const bytes = new Uint8Array(KEY_RANDOM_BYTES).fill(1);
  bytes.fill(9, 8);
  return makeKey(bytes).text;
}
