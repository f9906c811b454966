import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { encryptDisclosures } from '../domain/disclosure-cipher.js';
import { disclosureDigest, encodeDisclosure, type Disclosure } from '../domain/encrypted-part.js';
import { openIdentity, readEncryptedPart, UNPROVED_PERSON } from './open-identity.js';
import type { SubjectKey } from './subject-keys.port.js';

const ID = '00000000-0000-5000-8000-000000000001';

function given(...items: readonly (readonly [SubjectKey, ...Disclosure[]])[]) {
  const encoded = items.map(([, ...disclosures]) => disclosures.map(encodeDisclosure));
  const part = items.map(([key], index) =>
    encryptDisclosures(encoded[index] ?? [], { ...key, eventId: ID }, randomBytes(12)),
  );
  return {
    part,
    entry: { id: ID, digests: encoded.flat().map(disclosureDigest).sort() },
    keys: new Map(items.map(([key]) => [key.keyId, key])),
  };
}

function key(name: string, subject: string | undefined = `sub_${name}`): SubjectKey {
  return { keyId: `${name}.2026-Q4`, key: randomBytes(32), ...(subject !== '' && { subject }) };
}

describe(openIdentity.name, () => {
  it('puts every field in its place, people by their subject', () => {
    const { entry, part, keys } = given(
      [
        key('alice'),
        ['s1', 'actor.nativeId', 'u-1'],
        ['s2', 'actor.email', 'a@example.com'],
        ['s3', 'address', '::1'],
        ['s4', 'native.sha256', 'ff'],
      ],
      [key('bob'), ['s5', 'onBehalfOf.name', 'Bob']],
      [key('carol'), ['s6', 'person.nativeId', 'carol'], ['s7', 'person.name', 'Carol']],
      [key('day', ''), ['s8', 'person.nativeId', 'claimed']],
    );

    expect(openIdentity(entry, part, keys)).toEqual({
      actor: { nativeId: 'u-1', email: 'a@example.com' },
      address: '::1',
      nativeSha256: 'ff',
      onBehalfOf: { name: 'Bob' },
      people: { sub_carol: { nativeId: 'carol', name: 'Carol' }, [UNPROVED_PERSON]: { nativeId: 'claimed' } },
    });
  });

  it('withholds what has no key, and says how much', () => {
    const { entry, part, keys } = given([key('alice'), ['s1', 'address', '::1']], [key('bob'), ['s2', 'text', 'x']]);

    expect(openIdentity(entry, part, new Map([...keys].slice(1)))).toEqual({ text: 'x', withheld: 1 });
  });

  it('withholds what no digest of the entry covers', () => {
    const { entry, part, keys } = given([key('alice'), ['s1', 'address', '::1']]);

    expect(openIdentity({ ...entry, digests: ['other'] }, part, keys)).toEqual({ withheld: 1 });
  });

  it('says so when the encrypted part was cleared', () => {
    const { entry, keys } = given([key('alice'), ['s1', 'address', '::1']]);

    expect(openIdentity(entry, readEncryptedPart(Buffer.of()), keys)).toEqual({ withheld: 1 });
  });
});
