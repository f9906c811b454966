import { hash } from 'node:crypto';

/** The personal fields that a disclosure may carry; the names are part of the stored form. */
export const DISCLOSURE_NAMES = [
  'actor.nativeId',
  'actor.name',
  'actor.email',
  'onBehalfOf.nativeId',
  'onBehalfOf.name',
  'onBehalfOf.email',
  'person.nativeId',
  'person.name',
  'person.email',
  'credentialId',
  'sessionName',
  'address',
  'userAgent',
  'text',
  'filter',
  'files',
  'native.sha256',
] as const;
export type DisclosureName = (typeof DISCLOSURE_NAMES)[number];

/** `[salt, name, value]` (RFC 9901 section 4.2.1); the salt is 128 random bits in base64url. */
export type Disclosure = readonly [salt: string, name: DisclosureName, value: string];

/** One subject's disclosures, encrypted by AES-256-GCM under the data key; additional data = event id + key id. */
export interface EncryptedDisclosures {
  readonly keyId: string;
  /** base64url, 12 bytes. */
  readonly nonce: string;
  /** base64url, the 16-byte tag at its end. Plaintext: the JSON array of encoded disclosures. */
  readonly ciphertext: string;
}

/** The encrypted part of an entry: one item per subject named. */
export type EncryptedPart = readonly EncryptedDisclosures[];

/** The disclosure as it is hashed and kept: base64url of its JSON. */
export function encodeDisclosure(disclosure: Disclosure): string {
  return Buffer.from(JSON.stringify(disclosure)).toString('base64url');
}

export function decodeDisclosure(encoded: string): Disclosure {
  return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Disclosure;
}

/** The digest in the entry: base64url of SHA-256 over the encoded disclosure's ASCII (RFC 9901 section 4.2.3). */
export function disclosureDigest(encoded: string): string {
  return hash('sha256', encoded, 'base64url');
}
