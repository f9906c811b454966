import type { JsonObject } from '../../domain/canonical-json.js';
import type { StateKey } from '../../storage/state-store/state-store.port.js';
import type { Kek, KekRing } from './kek.js';
import { unwrapKey, wrapKey, type WrappedKey } from './wrapped-key.js';

export const KEK_DOCUMENT: StateKey = { collection: 'privacy', id: 'kek' };
export const IDENTITY_KEY_DOCUMENT: StateKey = { collection: 'privacy', id: 'identity-key' };
export const IDENTITY_KEY_PURPOSE = 'identity-key';

const CHECK_PURPOSE = 'check';
const CHECK_VALUE = Buffer.from('keytrail');

/** What the state store knows of the key-encryption key: never the key, but enough to tell the right one. */
export interface KekDocument extends JsonObject {
  readonly kekId: string;
  /** When the key was made, or first seen where it was made elsewhere. RFC 3339. */
  readonly since: string;
  /** A known value, wrapped: only the right key opens it. */
  readonly check: WrappedKey;
  /** When an operator last confirmed that a copy of this very key is kept elsewhere. */
  readonly copyConfirmedAt?: string;
}

export function kekDocument(kek: Kek, now: string): KekDocument {
  return { kekId: kek.id, since: kek.createdAt ?? now, check: wrapKey(CHECK_VALUE, kek, CHECK_PURPOSE) };
}

/** True when the ring holds the key that the document was made with. */
export function opensStoredKeys(ring: KekRing, document: KekDocument): boolean {
  const kek = ring.find(({ id }) => id === document.kekId);
  const value = kek && unwrapKey(document.check, kek, CHECK_PURPOSE);
  return value !== undefined && CHECK_VALUE.equals(value);
}
