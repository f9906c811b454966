import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 12_288;
const NONCE_BYTES = 12;
const SALT_CHARACTERS = 22;

/** Random bytes drawn in large pieces: one draw for each salt would cost more than all else of a disclosure. */
export class RandomPool {
  readonly #nonces = Buffer.alloc(POOL_BYTES);
  #nonceAt = POOL_BYTES;
  #salts = '';
  #saltAt = 0;

  /** 12 random bytes. A view that is overwritten later: use it at once. */
  nonce(): Uint8Array {
    if (this.#nonceAt + NONCE_BYTES > POOL_BYTES) {
      randomFillSync(this.#nonces);
      this.#nonceAt = 0;
    }
    this.#nonceAt += NONCE_BYTES;
    return this.#nonces.subarray(this.#nonceAt - NONCE_BYTES, this.#nonceAt);
  }

  /** 22 random characters of the base64url alphabet: 132 bits (RFC 9901 section 9.3 asks for 128). */
  salt(): string {
    if (this.#saltAt + SALT_CHARACTERS > this.#salts.length) {
      this.#salts = randomFillSync(Buffer.alloc(POOL_BYTES)).toString('base64url');
      this.#saltAt = 0;
    }
    this.#saltAt += SALT_CHARACTERS;
    return this.#salts.slice(this.#saltAt - SALT_CHARACTERS, this.#saltAt);
  }
}
