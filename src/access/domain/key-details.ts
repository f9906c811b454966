import type { JsonObject } from '../../domain/canonical-json.js';
import type { RingKey } from './key-ring.js';

/** What an event tells of a key: everything but who holds it and how it is known again. */
export function keyDetails(key: RingKey): JsonObject {
  const limits = Object.fromEntries(Object.entries(key.limits).filter(([, allowed]) => allowed !== null));
  return {
    keyId: key.id,
    role: key.role,
    actorKind: key.actorKind,
    ...(key.identities && { identities: true }),
    ...(key.notAfter !== null && { notAfter: key.notAfter }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}
