import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decryptDisclosures, encryptDisclosures } from './disclosure-cipher.js';
import { encodeDisclosure } from './encrypted-part.js';

const binding = { eventId: '00000000-0000-5000-8000-000000000001', keyId: 'sub_a.2026-Q4', key: randomBytes(32) };
const encoded = [encodeDisclosure(['salt', 'actor.name', 'Zoë "Z" 李']), encodeDisclosure(['salt2', 'address', '::1'])];

describe(decryptDisclosures.name, () => {
  it('opens what encryptDisclosures closed', () => {
    const item = encryptDisclosures(encoded, binding, randomBytes(12));

    expect(decryptDisclosures(item, binding)).toEqual(encoded);
    expect(JSON.stringify(item)).not.toContain(encoded[0]);
  });

  it.each([
    ['another event', { eventId: '00000000-0000-5000-8000-000000000002' }, {}],
    ['another key', { key: randomBytes(32) }, {}],
    ['another key id', {}, { keyId: 'sub_b.2026-Q4' }],
    ['a changed ciphertext', {}, { ciphertext: randomBytes(120).toString('base64url') }],
    ['a short ciphertext', {}, { ciphertext: 'AAAA' }],
    ['no nonce', {}, { nonce: '' }],
  ])('opens nothing with %s', (_case, otherBinding, otherItem) => {
    const item = encryptDisclosures(encoded, binding, randomBytes(12));

    expect(decryptDisclosures({ ...item, ...otherItem }, { ...binding, ...otherBinding })).toBeUndefined();
  });
});
