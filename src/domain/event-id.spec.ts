import { describe, expect, it } from '@jest/globals';
import { eventId } from './event-id.js';
import { isUuid } from './uuid.js';

const identity = { tenant: 'default', kind: 'vault', instance: 'eu', key: 'r1:response', n: 0 };

describe(eventId.name, () => {
  it('is a UUIDv5 that never changes: stored ids depend on it', () => {
    expect(eventId(identity)).toBe('b1e0ef98-542f-5d1c-9cd3-545238968f97');
    expect(isUuid(eventId(identity))).toBe(true);
  });

  it.each([
    { tenant: 'other' },
    { kind: 'keytrail' },
    { instance: 'us' },
    { key: 'r1:request' },
    { n: 1 },
    { supersedingMapping: 2 },
  ])('differs with %p', (change) => {
    expect(eventId({ ...identity, ...change })).not.toBe(eventId(identity));
  });
});
