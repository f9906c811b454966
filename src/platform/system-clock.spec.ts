import { describe, expect, it } from '@jest/globals';
import { SystemClock } from './system-clock.js';

describe(SystemClock.name, () => {
  it('tells the present time', () => {
    const sut = new SystemClock();

    const before = Date.now();
    const told = sut.now().getTime();

    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
  });
});
