import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { base62, bytesToBase62 } from './base62.js';

/**
 * A key as its holder has it: `kt_<keyId>_<secret><crc>`. The id is public. The checksum finds typing errors and makes a
 * scanner's rule exact; it protects nothing. The role is not in it.
 */
export interface KeyText {
  readonly keyId: string;
  /** The whole key. */
  readonly text: string;
}

/** `kt_` */
const PREFIX_LENGTH = 3;
const ID_LENGTH = 10;
/** 43 characters of base 62 hold 256 bits. */
const SECRET_LENGTH = 43;
const CRC_LENGTH = 6;
const FORM = /^kt_([0-9A-Za-z]{10})_[0-9A-Za-z]{49}$/;
/** Anywhere in a text: for refusing and hiding keys, so without the checksum. */
const ANYWHERE = /kt_[0-9A-Za-z]{10}_[0-9A-Za-z]{20}/;

/** Random bytes that a new key takes: 8 for the id, 32 for the secret. */
export const KEY_RANDOM_BYTES = 8 + 32;

/** Makes a key of `KEY_RANDOM_BYTES` random bytes. */
export function makeKey(random: Uint8Array): KeyText {
  // 64 bits take 11 digits; the first is far from random and is cut off.
  const keyId = bytesToBase62(random.subarray(0, 8), ID_LENGTH + 1).slice(-ID_LENGTH);
  const body = `kt_${keyId}_${bytesToBase62(random.subarray(8, KEY_RANDOM_BYTES), SECRET_LENGTH)}`;
  return { keyId, text: body + checksum(body) };
}

/** The key, or `undefined` for anything that is not one, a wrong checksum included. */
export function parseKey(text: string): KeyText | undefined {
  const keyId = FORM.exec(text)?.[1];
  if (keyId === undefined) return undefined;
  const body = text.slice(0, -CRC_LENGTH);
  return checksum(body) === text.slice(-CRC_LENGTH) ? { keyId, text } : undefined;
}

/** Where a key has its id; whatever stands there in a text that is none. */
export function idWithin(text: string): string {
  return text.slice(PREFIX_LENGTH, PREFIX_LENGTH + ID_LENGTH);
}

export function holdsKey(text: string): boolean {
  return ANYWHERE.test(text);
}

/** What is kept of a key: enough to know it again, as the key is random. SHA-256, hexadecimal. */
export function fingerprint(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Base 62 of the CRC-32 (IEEE, as in gzip) of everything before it. */
function checksum(body: string): string {
  return base62(BigInt(crc32(body)), CRC_LENGTH);
}
