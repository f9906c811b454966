const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = 62n;

/** A whole number in base 62 (`0-9A-Za-z`), padded with zeros to the length, which must be enough for it. */
export function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= BASE) text = (ALPHABET[Number(rest % BASE)] ?? '') + text;
  return text.padStart(length, '0');
}

/** The bytes as one big-endian number in base 62. */
export function bytesToBase62(bytes: Uint8Array, length: number): string {
  return base62(BigInt(`0x${Buffer.from(bytes).toString('hex')}`), length);
}
