import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../domain/canonical-json.js';
import type { Kek } from './kek.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key as the state store keeps it. */
export interface WrappedKey extends JsonObject {
  /** The key-encryption key that opens it. */
  readonly kekId: string;
  /** base64url: nonce of 12 bytes, ciphertext, tag of 16. */
  readonly wrapped: string;
}

/** Wraps by AES-256-GCM. `purpose` says whose key it is and is bound to it, so that two documents can't be swapped. */
export function wrapKey(key: Uint8Array, kek: Kek, purpose: string): WrappedKey {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, kek.key.expose('wraps a key'), nonce);
  cipher.setAAD(additionalData(kek.id, purpose));
  const sealed = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  return { kekId: kek.id, wrapped: sealed.toString('base64url') };
}

/** The key, or `undefined` when this key-encryption key or purpose is not the one that it was wrapped with. */
export function unwrapKey(wrapped: WrappedKey, kek: Kek, purpose: string): Uint8Array | undefined {
  const bytes = Buffer.from(wrapped.wrapped, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, kek.key.expose('unwraps a key'), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(additionalData(kek.id, purpose));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function additionalData(kekId: string, purpose: string): Buffer {
  return Buffer.from(`${kekId} ${purpose}`, 'utf8');
}
