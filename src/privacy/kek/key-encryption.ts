import { KeytrailError } from '../../domain/errors.js';
import type { Kek, KekRing } from './kek.js';
import { unwrapKey, wrapKey, type WrappedKey } from './wrapped-key.js';

/** The key-encryption keys in memory. The last of the ring wraps; each of them unwraps what it wrapped. */
export class KeyEncryption {
  #ring: KekRing;
  readonly #creations = new Set<Promise<unknown>>();

  constructor(
    ring: KekRing,
    /** The key of every keyed hash. */
    readonly identityKey: Uint8Array,
  ) {
    this.#ring = ring;
  }

  get ring(): KekRing {
    return this.#ring;
  }

  /** The key that wraps. */
  get current(): Kek {
    return this.#ring.at(-1) ?? this.#ring[0];
  }

  wrap(key: Uint8Array, purpose: string): WrappedKey {
    return wrapKey(key, this.current, purpose);
  }

  /** @throws KeytrailError PRIVACY.KEK_MISMATCH when no key of the ring opens it. */
  unwrap(wrapped: WrappedKey, purpose: string): Uint8Array {
    const kek = this.#ring.find(({ id }) => id === wrapped.kekId);
    const key = kek && unwrapKey(wrapped, kek, purpose);
    if (!key) throw new KeytrailError('PRIVACY.KEK_MISMATCH', { needed: wrapped.kekId });
    return key;
  }

  /** Runs what wraps new keys and stores them, so that a rotation can wait until nothing is stored under the old key. */
  async creating<Result>(work: () => Promise<Result>): Promise<Result> {
    const creation = work();
    const settled = creation.catch(() => undefined);
    this.#creations.add(settled);
    try {
      return await creation;
    } finally {
      this.#creations.delete(settled);
    }
  }

  /** From here on another ring holds; resolves when whatever was wrapped before is stored. */
  async change(ring: KekRing): Promise<void> {
    this.#ring = ring;
    await Promise.all(this.#creations);
  }
}
