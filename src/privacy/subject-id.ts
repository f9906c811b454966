import { createHmac, randomBytes } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.js';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 20;

/** A new subject's id: `sub_` and 100 random bits in Crockford's base 32. It says nothing about whom it stands for. */
export function newSubjectId(): string {
  let id = 'sub_';
  for (const byte of randomBytes(LENGTH)) id += ALPHABET.charAt(byte & 31);
  return id;
}

export interface NativeIdentity {
  readonly kind: string;
  readonly sourceKind: string;
  readonly instance: string;
  readonly nativeId: string;
}

/** Where the subject of a native identity is found: HMAC-SHA-256 under the identity key, hexadecimal. */
export function subjectLocator(identity: NativeIdentity, identityKey: Uint8Array): string {
  const { kind, sourceKind, instance, nativeId } = identity;
  return createHmac('sha256', identityKey)
    .update(`subject\0${canonicalJson([kind, sourceKind, instance, nativeId])}`)
    .digest('hex');
}
