import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { EncryptedDisclosures } from './encrypted-part.js';

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;
/** Importing raw bytes costs more than encrypting with them, and keys are shared by many events. */
const imported = new WeakMap<Uint8Array, KeyObject>();

/** What the disclosures of one subject in one event are bound to. */
export interface DisclosureBinding {
  readonly eventId: string;
  readonly keyId: string;
  /** AES-256 key. */
  readonly key: Uint8Array;
}

/**
 * Encrypts the encoded disclosures of one subject by AES-256-GCM; additional data = event id + key id, so that no item
 * can be moved to another event or key.
 * @param nonce 12 bytes, never used before with this key.
 */
export function encryptDisclosures(
  encoded: readonly string[],
  binding: DisclosureBinding,
  nonce: Uint8Array,
): EncryptedDisclosures {
  const cipher = createCipheriv(ALGORITHM, keyObject(binding.key), nonce);
  cipher.setAAD(additionalData(binding));
  // Encoded disclosures are base64url, so the array needs no escaping.
  const ciphertext = cipher.update(`["${encoded.join('","')}"]`, 'latin1');
  cipher.final();
  return {
    keyId: binding.keyId,
    nonce: base64url(nonce),
    ciphertext: Buffer.concat([ciphertext, cipher.getAuthTag()]).toString('base64url'),
  };
}

/** The encoded disclosures, or `undefined` when the key, the event or the bytes are not those they were made with. */
export function decryptDisclosures(
  item: EncryptedDisclosures,
  binding: Omit<DisclosureBinding, 'keyId'>,
): readonly string[] | undefined {
  const bytes = Buffer.from(item.ciphertext, 'base64url');
  if (bytes.length < TAG_BYTES) return undefined;
  try {
    const nonce = Buffer.from(item.nonce, 'base64url');
    const decipher = createDecipheriv(ALGORITHM, keyObject(binding.key), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(additionalData({ eventId: binding.eventId, keyId: item.keyId }));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const text =
      decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES), undefined, 'latin1') + decipher.final('latin1');
    return JSON.parse(text) as string[];
  } catch {
    return undefined;
  }
}

function additionalData({ eventId, keyId }: { readonly eventId: string; readonly keyId: string }): Buffer {
  return Buffer.from(eventId + keyId, 'utf8');
}

function keyObject(key: Uint8Array): KeyObject {
  let known = imported.get(key);
  if (!known) imported.set(key, (known = createSecretKey(key)));
  return known;
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
