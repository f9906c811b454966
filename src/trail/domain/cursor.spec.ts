import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeytrailError } from '../../domain/errors.js';
import { formatCursor, readCursor, type Cursor } from './cursor.js';

const cursor: Cursor = {
  after: ['20261122100000123456789', 'e-1', null, true],
  asOf: { epoch: 1, next: [17] },
  askedAt: 1_795_000_000_000,
};

describe('cursor', () => {
  it('comes back as it was, for the same question', () => {
    const text = formatCursor(cursor, { filter: { b: 1, a: 2 } });
    expect(readCursor(text, { filter: { a: 2, b: 1 } })).toEqual(cursor);
  });

  it('belongs to its question', () => {
    const text = formatCursor(cursor, { filter: { a: 1 } });
    expect(() => readCursor(text, { filter: { a: 2 } })).toThrow(new KeytrailError('TRAIL.INVALID_CURSOR'));
  });

  it.each([-1, 0.5, Number.MAX_SAFE_INTEGER, 8.64e15, Date.UTC(9999, 11, 31) + 86_400_000])(
    'is refused when it was asked at %d, which is no time that can be told',
    (askedAt) => {
      const text = formatCursor({ ...cursor, askedAt }, {});
      expect(() => readCursor(text, {})).toThrow(new KeytrailError('TRAIL.INVALID_CURSOR'));
    },
  );

  it('is refused when it is anything else', () => {
    const notOurs = [fc.string(), fc.json().map((json) => Buffer.from(json).toString('base64url'))];
    fc.assert(
      fc.property(fc.oneof(...notOurs), (text) => {
        expect(() => readCursor(text, {})).toThrow(new KeytrailError('TRAIL.INVALID_CURSOR'));
      }),
    );
  });
});
