import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base62 } from './base62.js';
import { fingerprint, holdsKey, KEY_RANDOM_BYTES, makeKey, parseKey } from './key-text.js';

// Checksums made by another program: zlib's CRC-32 in Python, written in base 62.
const VALID = [
  'kt_0000000000_00000000000000000000000000000000000000000003530Zb',
  'kt_AbCdEfGhIj_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG3RpfUT',
  'kt_9zZ8yY7xX6_ZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZz93lYWe5',
];

const INVALID = [
  ['an empty text', ''],
  ['a wrong checksum', 'kt_0000000000_00000000000000000000000000000000000000000003530Zc'],
  ['the checksum of another key', 'kt_0000000000_00000000000000000000000000000000000000000003RpfUT'],
  ['no checksum', 'kt_0000000000_0000000000000000000000000000000000000000000'],
  ['one character too few', 'kt_0000000000_0000000000000000000000000000000000000000003530Zb'],
  ['one character too many', 'kt_0000000000_000000000000000000000000000000000000000000003530Zb'],
  ['an upper-case prefix', 'KT_0000000000_00000000000000000000000000000000000000000003530Zb'],
  ['another prefix', 'sk_0000000000_00000000000000000000000000000000000000000003530Zb'],
  ['a role in it', 'kt_adm_0000000000_00000000000000000000000000000000000000000003530Zb'],
  ['a dash for the underscore', 'kt-0000000000-00000000000000000000000000000000000000000003530Zb'],
  ['a blank behind', 'kt_0000000000_00000000000000000000000000000000000000000003530Zb '],
  ['a line break behind', 'kt_0000000000_00000000000000000000000000000000000000000003530Zb\n'],
  ['a letter of another script', 'kt_\u0430000000000_00000000000000000000000000000000000000000003530Zb'],
  ['two characters swapped', 'kt_AbCdEfGhIj_bacdefghijklmnopqrstuvwxyz0123456789ABCDEFG3RpfUT'],
] as const;

describe('the form of a key', () => {
  it('is what it says, from fixed bytes', () => {
    const made = makeKey(new Uint8Array(KEY_RANDOM_BYTES).fill(0xff));

    expect(made.text).toMatch(/^kt_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/);
    expect(parseKey(made.text)).toEqual(made);
  });

  it.each([
    [0n, '000000'],
    [61n, '00000z'],
    [62n, '000010'],
    [4_294_967_295n, '4gfFC3'],
  ])('writes %i as %s in base 62', (value, text) => {
    expect(base62(value, 6)).toBe(text);
  });

  it('differs for different bytes in id and secret', () => {
    const keys = Array.from({ length: 500 }, () => makeKey(randomBytes(KEY_RANDOM_BYTES)));

    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(500);
    expect(new Set(keys.map(({ text }) => fingerprint(text))).size).toBe(500);
    expect(keys.every(({ text }) => holdsKey(`x=${text}&y`))).toBe(true);
  });
});

describe(parseKey.name, () => {
  it.each(VALID)('reads %s', (text) => {
    expect(parseKey(text)).toEqual({ keyId: text.slice(3, 13), text });
  });

  it.each(INVALID)('reads no key in %s', (_what, text) => {
    expect(parseKey(text)).toBeUndefined();
  });

  it('reads no key with one character changed', () => {
    const { text } = makeKey(new Uint8Array(KEY_RANDOM_BYTES).fill(0x5a));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '9', 'A', 'Z', 'a', 'z', '_', ' '), (at, other) => {
        fc.pre(text[at] !== other);
        return parseKey(text.slice(0, at) + other + text.slice(at + 1)) === undefined;
      }),
    );
  });

  it('reads nothing else', () => {
    fc.assert(fc.property(fc.string(), (text) => parseKey(text) === undefined));
  });
});
