import { hash } from 'node:crypto';

/** Keytrail's namespace for event ids (RFC 9562 section 5.5). Fixed for ever: a new one would double every event. */
const EVENT_NAMESPACE = Buffer.from('c3bd4a2e5f0b4d0a9f0e6b1d7a2c8e41', 'hex');

// Namespace and name, hashed in one call from a buffer that is used again: this runs for every event.
const SCRATCH = Buffer.alloc(4096);
SCRATCH.set(EVENT_NAMESPACE);

/** The UUIDv5 of a name in Keytrail's namespace, in lower case. */
export function eventUuid(name: string): string {
  const hex = hash('sha1', namespaced(name), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function namespaced(name: string): Uint8Array {
  // A UTF-16 code unit takes at most three bytes in UTF-8.
  if (name.length * 3 > SCRATCH.length - 16) return Buffer.concat([EVENT_NAMESPACE, Buffer.from(name, 'utf8')]);
  return SCRATCH.subarray(0, 16 + SCRATCH.write(name, 16, 'utf8'));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
