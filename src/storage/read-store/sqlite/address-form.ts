import ipaddr from 'ipaddr.js';

export interface AddressRange {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

/**
 * An address as 16 bytes that sort as addresses do, IPv4 as `::ffff:a.b.c.d` (RFC 4291 section 2.5.5.2), so that both
 * spellings of one address are one. `undefined` for what is no address.
 */
export function addressBytes(text: string): Uint8Array | undefined {
  const address = parse(text);
  return address && Uint8Array.from(address.toByteArray());
}

/** The first and last address of a block such as `10.0.0.0/8`; a single address is a block of one. */
export function addressRange(block: string): AddressRange | undefined {
  const slash = block.indexOf('/');
  const text = slash < 0 ? block : block.slice(0, slash);
  const bytes = addressBytes(text);
  if (!bytes) return undefined;
  const width = text.includes(':') ? 128 : 32;
  const prefix = slash < 0 ? width : readPrefix(block.slice(slash + 1), width);
  return prefix === undefined ? undefined : rangeOf(bytes, 128 - width + prefix);
}

function parse(text: string): ipaddr.IPv6 | undefined {
  // ipaddr.js by itself also reads octal and shortened IPv4, which is no address anybody logs.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toIPv4MappedAddress();
  return text.includes(':') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
}

function readPrefix(text: string, width: number): number | undefined {
  const prefix = /^\d{1,3}$/.test(text) ? Number(text) : Infinity;
  return prefix <= width ? prefix : undefined;
}

function rangeOf(bytes: Uint8Array, prefix: number): AddressRange {
  const low = Uint8Array.from(bytes, (byte, index) => byte & ~hostMask(prefix, index));
  return { low, high: Uint8Array.from(low, (byte, index) => byte | hostMask(prefix, index)) };
}

/** The bits of the byte at `index` that lie beyond the first `prefix` bits. */
function hostMask(prefix: number, index: number): number {
  const kept = Math.min(8, Math.max(0, prefix - index * 8));
  return 0xff >> kept;
}
