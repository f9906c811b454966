import { timingSafeEqual } from 'node:crypto';
import type { Principal, RecordingLimits } from '../domain/principal.js';
import { isActive, type KeyRing, type RingKey, type RingLimits } from './domain/key-ring.js';
import { fingerprint, idWithin } from './domain/key-text.js';
import { permissionsOf } from './domain/permissions.js';

export type Verdict = { readonly principal: Principal } | { readonly refused: 'unauthenticated' | 'expired' };

interface Known {
  readonly key: RingKey;
  readonly digest: Buffer;
  readonly principal: Principal;
}

/** Compared with when the id is unknown, so that both ways take the same work. */
const NOBODYS_DIGEST = Buffer.alloc(32);

/**
 * The key ring in memory, as requests see it. It is replaced whole, by what the state store holds, and never written by a
 * request: so no race can bring a revoked key back.
 */
export class KeyDirectory {
  #known: ReadonlyMap<string, Known> = new Map();

  replace(ring: KeyRing, names: ReadonlyMap<string, string>): void {
    this.#known = new Map(
      ring.keys.map((key) => [
        key.id,
        { key, digest: Buffer.from(key.sha256, 'hex'), principal: principalOf(key, names.get(key.id)) },
      ]),
    );
  }

  /**
   * Who holds this text. The same work for every text, so that the time it takes tells nothing: its form is not looked at,
   * as only a key's own text has its digest, and a digest is compared whether the id is known or not.
   */
  judge(text: string, now: Date): Verdict {
    const known = this.#known.get(idWithin(text));
    const equal = timingSafeEqual(Buffer.from(fingerprint(text), 'hex'), known?.digest ?? NOBODYS_DIGEST);
    if (!known || !equal) return { refused: 'unauthenticated' };
    return isActive(known.key, now) ? { principal: known.principal } : { refused: 'expired' };
  }
}

function principalOf(key: RingKey, name: string | undefined): Principal {
  return {
    keyId: key.id,
    role: key.role,
    permissions: permissionsOf(key.role, key.identities),
    actorKind: key.actorKind,
    // A holder who was forgotten is their key from then on.
    name: name ?? key.id,
    limits: limitsOf(key.limits),
  };
}

/** The ring keeps `null` where a list does not restrict; a principal leaves it out. */
export function limitsOf(limits: RingLimits): RecordingLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, allowed]) => allowed !== null));
}
