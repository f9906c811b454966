import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** What a keyed hash is taken of. Hashes for one purpose say nothing about those for another. */
export type HashPurpose =
  'record' | 'idempotency-key' | 'dead-letter' | 'dead-letter-id' | 'secret-uid' | 'actor' | 'conflict' | 'native-id';

/** HMAC-SHA-256 under the installation's identity key: the only hash of anything guessable. */
export class KeyedHash {
  readonly #key: KeyObject;

  constructor(identityKey: Uint8Array) {
    this.#key = createSecretKey(identityKey);
  }

  /** Hexadecimal, 64 digits. */
  of(purpose: HashPurpose, text: string | Uint8Array): string {
    return createHmac('sha256', this.#key).update(`${purpose}\0`).update(text).digest('hex');
  }
}
