import { hash } from 'node:crypto';

/** Keytrail's namespace for event ids (RFC 9562 section 5.5). Fixed for ever: a new one would double every event. */
const EVENT_NAMESPACE = Buffer.from('c3bd4a2e5f0b4d0a9f0e6b1d7a2c8e41', 'hex');

/** The UUIDv5 of a name in Keytrail's namespace, in lower case. */
export function eventUuid(name: string): string {
  const bytes = hash('sha1', Buffer.concat([EVENT_NAMESPACE, Buffer.from(name, 'utf8')]), 'buffer').subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
