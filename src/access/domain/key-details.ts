import type { JsonObject } from '../../domain/canonical-json.js';
import type { RingKey } from './key-ring.js';

/** What an event tells of a key: everything but how it is known again. Its holder is a subject, never a name. */
export function keyDetails(key: RingKey): JsonObject {
  const limits = Object.fromEntries(Object.entries(key.limits).filter(([, allowed]) => allowed !== null));
  return {
    keyId: key.id,
    holder: key.holder.subject,
    role: key.role,
    actorKind: key.actorKind,
    ...(key.identities && { identities: true }),
    ...(key.notAfter !== null && { notAfter: key.notAfter }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}
