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

/**
 * What a block such as `10.0.0.0/8` holds; a single address is a block of one. An IPv6 block around all of the mapped
 * addresses means IPv6 alone, so that they are a gap in it.
 */
export function addressRanges(block: string): readonly AddressRange[] | undefined {
  const range = wholeRange(block);
  if (!range) return undefined;
  const { low, high } = range;
  const isAround = Buffer.compare(low, MAPPED.low) < 0 && Buffer.compare(high, MAPPED.high) >= 0;
  if (!isAround) return [range];
  const parts = [
    { low, high: BEFORE_MAPPED },
    { low: AFTER_MAPPED, high },
  ];
  return parts.filter((part) => Buffer.compare(part.low, part.high) <= 0);
}

const MAPPED = { low: ipv6('::ffff:0:0'), high: ipv6('::ffff:ffff:ffff') };
const BEFORE_MAPPED = ipv6('::fffe:ffff:ffff');
const AFTER_MAPPED = ipv6('::1:0:0:0');

function ipv6(text: string): Uint8Array {
  return Uint8Array.from(ipaddr.IPv6.parse(text).toByteArray());
}

function wholeRange(block: string): AddressRange | undefined {
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
