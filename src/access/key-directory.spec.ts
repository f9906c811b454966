import { randomBytes } from 'node:crypto';
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
    holder: { subject: 's', keyId: 'k', nonce: 'n', ciphertext: 'c' },
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

describe('the time that a verdict takes', () => {
  /** Of each kind. */
  const SAMPLES = 25_000;
  const random = (): Uint8Array => randomBytes(KEY_RANDOM_BYTES);
  const held = Array.from({ length: 100 }, random);
  const wrongSecret = (index: number): string =>
    makeKey(Buffer.concat([held[index % held.length]?.subarray(0, 8) ?? random(), randomBytes(32)])).text;
  const refused: Readonly<Record<string, (index: number) => string>> = {
    'unknown id': () => makeKey(random()).text,
    'wrong secret': wrongSecret,
    'wrong length': (index) => wrongSecret(index).slice(0, -1),
    'wrong checksum': (index) => wrongSecret(index).replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  };

  /** Of one verdict in turn with the others, so that whatever else the machine does meets all of them. Nanoseconds. */
  function medians(sut: KeyDirectory): readonly number[] {
    const texts = Object.values(refused).map((make) => Array.from({ length: 500 }, (_, index) => make(index)));
    const times = texts.map(() => new Float64Array(SAMPLES));
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      for (const [kind, some] of texts.entries()) {
        const text = some[sample % some.length] ?? '';
        const begun = process.hrtime.bigint();
        sut.judge(text, now);
        const taken = process.hrtime.bigint() - begun;
        (times[kind] ?? [])[sample] = Number(taken);
      }
    }
    return times.map((taken) => taken.sort()[SAMPLES / 2] ?? 0);
  }

  it('tells neither whether the id is known nor what is wrong', () => {
    const keys = held.map((bytes) => makeKey(bytes));
    const sut = setup(...keys.map(({ keyId, text }) => ringKey(1, { id: keyId, sha256: fingerprint(text) })));
    medians(sut); // the first time is the compiler's

    const found = medians(sut);

    // Half as much again is some 300 ns, a hundredth of what the network adds by chance; a shortcut more than doubles it.
    expect(Math.max(...found) / Math.min(...found)).toBeLessThan(1.5);
  }, 120_000);
});

/** The id of key 1 with a secret of its own, and a right checksum. */
function makeSame(): string {
  const bytes = new Uint8Array(KEY_RANDOM_BYTES).fill(1);
  bytes.fill(9, 8);
  return makeKey(bytes).text;
}
