import { describe, expect, it } from '@jest/globals';
import { eventUuid, isUuid } from './uuid.js';

describe(eventUuid.name, () => {
  it.each([
    ['', '102e079f-0128-5b5a-83bc-61dc93529331'],
    ['ä\u{1F600}', 'a7b0c8c2-5d89-516f-a32e-bdeb17481b7d'],
    ['x'.repeat(9000), 'd65d0d61-0ad5-54a4-855d-26c4c466d988'],
  ])('of %p is fixed for ever', (name, uuid) => {
    expect(eventUuid(name)).toBe(uuid);
    expect(isUuid(uuid)).toBe(true);
  });
});
