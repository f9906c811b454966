import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { formatKekRing, newKek, parseKekRing } from './kek.js';
import { unwrapKey, wrapKey } from './wrapped-key.js';

const NOW = '2026-11-22T12:00:00.000Z';

describe(parseKekRing.name, () => {
  it('reads what formatKekRing wrote', () => {
    const [old, current] = [newKek(NOW), newKek(NOW)];

    const ring = parseKekRing(formatKekRing([old, current]));

    expect(ring.map(({ id, createdAt }) => [id, createdAt])).toEqual([
      [old.id, NOW],
      [current.id, NOW],
    ]);
    expect(ring[0].key.expose('spec')).toEqual(old.key.expose('spec'));
  });

  it.each(['base64', 'base64url', 'hex'] as const)('reads a bare key in %s, always under one id', (encoding) => {
    const kek = newKek(NOW);
    const text = `${Buffer.from(kek.key.expose('spec')).toString(encoding)}\n`;

    expect(parseKekRing(text)[0]).toMatchObject({ id: kek.id });
  });

  it.each(['', 'short', '{', '{}', '{"format":"keytrail-kek-1","keys":[]}', '{"format":"keytrail-kek-1","keys":[1]}'])(
    'refuses %j, and repeats nothing of it',
    (text) => {
      expect(() => parseKekRing(text)).toThrow(expect.objectContaining({ code: 'PRIVACY.KEK_MISMATCH' }));
    },
  );

  it('shows no key when printed', () => {
    const kek = newKek(NOW);

    expect(JSON.stringify(kek)).not.toContain(Buffer.from(kek.key.expose('spec')).toString('base64url'));
  });
});

describe(unwrapKey.name, () => {
  it('opens a wrapped key with its own key and purpose only', () => {
    const [kek, other] = [newKek(NOW), newKek(NOW)];
    const key = randomBytes(32);
    const wrapped = wrapKey(key, kek, 'data-key a');

    expect(Buffer.from(unwrapKey(wrapped, kek, 'data-key a') ?? [])).toEqual(key);
    expect(unwrapKey(wrapped, kek, 'data-key b')).toBeUndefined();
    expect(unwrapKey(wrapped, { ...other, id: kek.id }, 'data-key a')).toBeUndefined();
    expect(unwrapKey({ ...wrapped, wrapped: 'AA' }, kek, 'data-key a')).toBeUndefined();
  });
});
