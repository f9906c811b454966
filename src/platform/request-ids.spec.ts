import { describe, expect, it } from '@jest/globals';
import { requestIdFrom, traceIdFrom } from './request-ids.js';

const UUID = '0b5f8e0e-6f0c-4c55-9a73-6f1f9a2d6c11';

describe(requestIdFrom.name, () => {
  it('keeps a UUID or ULID of the caller', () => {
    expect(requestIdFrom(UUID)).toBe(UUID);
    expect(requestIdFrom('01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe('01arz3ndektsv4rrffq69g5fav');
  });

  it.each([undefined, '', 'alice@example.com', 'kt_0123456789_x', `${UUID} `, [UUID], 'x'.repeat(10_000)])(
    'makes its own for %j',
    (header) => {
      const made = requestIdFrom(header);
      expect(made).toMatch(/^[0-9a-f-]{36}$/);
      expect(made).not.toBe(requestIdFrom(header));
    },
  );
});

describe(traceIdFrom.name, () => {
  it.each([
    ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', undefined],
    ['00-00000000000000000000000000000000-00f067aa0ba902b7-01', undefined],
    ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', undefined],
    ['00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (header, expected) => {
    expect(traceIdFrom(header)).toBe(expected);
  });
});
