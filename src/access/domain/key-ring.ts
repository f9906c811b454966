import type { JsonObject } from '../../domain/canonical-json.js';
import { KeytrailError } from '../../domain/errors.js';
import type { Role } from '../../domain/principal.js';

/** The holder's name under the holder's own key: the ring is kept where no personal data may be in clear. */
export interface SealedName extends JsonObject {
  /** The holder's random id, by which events name them. */
  readonly subject: string;
  readonly keyId: string;
  readonly nonce: string;
  readonly ciphertext: string;
}

/** What is kept of one key. Times in RFC 3339, UTC. */
export interface RingKey extends JsonObject {
  readonly id: string;
  readonly sha256: string;
  readonly role: Role;
  /** An auditor's key that may see identities. */
  readonly identities: boolean;
  readonly actorKind: 'user' | 'service';
  readonly holder: SealedName;
  readonly limits: RingLimits;
  readonly createdAt: string;
  /** The id of the key that issued it, `host`, or `bootstrap`. */
  readonly createdBy: string;
  readonly notAfter: string | null;
  /** Revoked keys stay for ever, so that none can come back. */
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
}

/** `null` does not restrict, an empty list allows nothing. */
export interface RingLimits extends JsonObject {
  readonly kinds: readonly string[] | null;
  readonly instances: readonly string[] | null;
  readonly environments: readonly string[] | null;
  readonly actionClasses: readonly string[] | null;
}

export interface KeyRing extends JsonObject {
  readonly v: 1;
  readonly keys: readonly RingKey[];
}

export const EMPTY_RING: KeyRing = { v: 1, keys: [] };

/** Keys in use at one time, and keys ever issued: a ring is one document. */
export const KEYS_LIMIT = 5_000;

export function isActive(key: RingKey, now: Date): boolean {
  return key.revokedAt === null && (key.notAfter === null || Date.parse(key.notAfter) > now.getTime());
}

/** @throws KeytrailError ACCESS.TOO_MANY_KEYS */
export function addKey(ring: KeyRing, key: RingKey): KeyRing {
  if (ring.keys.length >= KEYS_LIMIT) throw new KeytrailError('ACCESS.TOO_MANY_KEYS', { limit: KEYS_LIMIT });
  return { ...ring, keys: [...ring.keys, key] };
}

export interface Revocation {
  readonly keyId: string;
  readonly by: string;
  readonly now: Date;
}

/**
 * The ring without that key in use; the same ring when it was revoked already.
 * @throws KeytrailError ACCESS.KEY_NOT_FOUND, ACCESS.LAST_ADMIN_KEY
 */
export function revokeKey(ring: KeyRing, { keyId, by, now }: Revocation): KeyRing {
  const key = ring.keys.find(({ id }) => id === keyId);
  if (!key) throw new KeytrailError('ACCESS.KEY_NOT_FOUND');
  if (key.revokedAt !== null) return ring;
  const revoked: RingKey = { ...key, revokedAt: now.toISOString(), revokedBy: by };
  const after: KeyRing = { ...ring, keys: ring.keys.map((other) => (other === key ? revoked : other)) };
  if (isLastingAdmin(key, now) && !after.keys.some((other) => isLastingAdmin(other, now))) {
    throw new KeytrailError('ACCESS.LAST_ADMIN_KEY');
  }
  return after;
}

/** An administrator's key that does not run out by itself: only such a one keeps the door open. */
function isLastingAdmin(key: RingKey, now: Date): boolean {
  return key.role === 'admin' && key.notAfter === null && isActive(key, now);
}

/**
 * A new administrator's key in place of a lost one: of the named one, or of the only one there is.
 * @throws KeytrailError ACCESS.KEY_NOT_FOUND, REQUEST.INVALID when it is not clear which one is lost
 */
export function recoverKey(ring: KeyRing, fresh: RingKey, lost: Revocation | Omit<Revocation, 'keyId'>): KeyRing {
  const keyId = 'keyId' in lost ? lost.keyId : onlyAdmin(ring, lost.now);
  const grown = addKey(ring, fresh);
  return keyId === undefined ? grown : revokeKey(grown, { ...lost, keyId });
}

function onlyAdmin(ring: KeyRing, now: Date): string | undefined {
  const admins = ring.keys.filter((key) => key.role === 'admin' && isActive(key, now));
  if (admins.length > 1) {
    throw new KeytrailError('REQUEST.INVALID', { errors: ['replaces must name the lost key: there are several'] });
  }
  return admins[0]?.id;
}
