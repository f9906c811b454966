import { describe, expect, it } from '@jest/globals';
import { pauseAfter } from './give-way.js';

const MUCH = 4_000_000;

describe(pauseAfter.name, () => {
  it('is nothing while little waits to be recorded', () => {
    expect(pauseAfter(50, 0)).toBe(0);
    expect(pauseAfter(50, 500_000)).toBe(0);
  });

  it('leaves most of the time to recording while much waits, but not all of it', () => {
    expect(pauseAfter(50, MUCH)).toBe(200);
    expect(pauseAfter(5_000, MUCH)).toBe(500);
  });
});
