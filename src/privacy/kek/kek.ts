import { createHash, randomBytes } from 'node:crypto';
import { KeytrailError } from '../../domain/errors.js';
import { Secret } from '../../domain/secret.js';

const KEY_BYTES = 32;
const FORMAT = 'keytrail-kek-1';

/** A key-encryption key: it wraps data keys and is kept apart from them. */
export interface Kek {
  /** Public; names the key in wrapped keys and in the doctor. */
  readonly id: string;
  /** RFC 3339; absent for a key that was made elsewhere. */
  readonly createdAt?: string;
  readonly key: Secret<Uint8Array>;
}

/** The keys in a file: one, or the old and the new while a rotation is under way. The last one wraps. */
export type KekRing = readonly [Kek, ...Kek[]];

export function newKek(createdAt: string): Kek {
  const key = randomBytes(KEY_BYTES);
  return { id: kekId(key), createdAt, key: new Secret<Uint8Array>(key) };
}

/** The text of a key file. */
export function formatKekRing(ring: KekRing): string {
  const keys = ring.map(({ id, createdAt, key }) => ({
    id,
    ...(createdAt !== undefined && { createdAt }),
    key: Buffer.from(key.expose('written to the key file')).toString('base64url'),
  }));
  return `${JSON.stringify({ format: FORMAT, keys }, null, 2)}\n`;
}

/**
 * Reads a key file: what `formatKekRing` wrote, or one bare key of 32 bytes in base64 or hexadecimal
 * (`openssl rand -base64 32`).
 * @throws KeytrailError PRIVACY.KEK_MISMATCH when it holds no such key.
 */
export function parseKekRing(text: string): KekRing {
  const trimmed = text.trim();
  const keks = trimmed.startsWith('{') ? parseRing(trimmed) : [bareKek(trimmed)];
  const [first, ...others] = keks;
  if (!first) throw unreadable();
  return [first, ...others];
}

function parseRing(text: string): readonly Kek[] {
  const file = parseObject(text);
  if (file['format'] !== FORMAT || !Array.isArray(file['keys'])) throw unreadable();
  return file['keys'].map((item: unknown) => {
    if (typeof item !== 'object' || item === null) throw unreadable();
    const { key, createdAt } = item as Record<string, unknown>;
    if (typeof key !== 'string') throw unreadable();
    return { ...bareKek(key), ...(typeof createdAt === 'string' && { createdAt }) };
  });
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw unreadable();
  }
}

function bareKek(text: string): Kek {
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  if (key.length !== KEY_BYTES) throw unreadable();
  return { id: kekId(key), key: new Secret<Uint8Array>(key) };
}

/** Derived from the key, so that every copy of a key has one name. A hash of 256 random bits gives nothing away. */
function kekId(key: Uint8Array): string {
  return `kek_${createHash('sha256').update('keytrail kek id\0').update(key).digest('hex').slice(0, 20)}`;
}

function unreadable(): KeytrailError {
  return new KeytrailError('PRIVACY.KEK_MISMATCH', { problem: 'the key file does not hold a key of 32 bytes' });
}
