import { describe, expect, it } from '@jest/globals';
import { diskOutlook, keepSamples, type DiskSample } from './disk-outlook.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function sample(at: number, available: number): DiskSample {
  return { at, total: 1_000, available };
}

describe(diskOutlook.name, () => {
  it('says nothing without a sample', () => {
    expect(diskOutlook([])).toBeUndefined();
  });

  it.each([
    [201, 0],
    [200, 80],
    [101, 80],
    [100, 90],
    [0, 90],
  ])('raises for %i of 1000 left: %i', (available, alarm) => {
    expect(diskOutlook([sample(0, available)])?.alarm).toBe(alarm);
  });

  it('tells the days left from the growth seen', () => {
    // 100 a day, 400 left
    expect(diskOutlook([sample(0, 500), sample(DAY, 400)])?.daysLeft).toBeCloseTo(4);
  });

  it('tells none when the disk does not fill, or was seen too shortly', () => {
    expect(diskOutlook([sample(0, 400), sample(DAY, 500)])?.daysLeft).toBeUndefined();
    expect(diskOutlook([sample(0, 500), sample(5 * HOUR, 400)])?.daysLeft).toBeUndefined();
  });
});

describe(keepSamples.name, () => {
  it('stays small over weeks of looking each minute, and keeps seven days', () => {
    let samples: readonly DiskSample[] = [];
    for (let at = 0; at <= 21 * DAY; at += 60_000) samples = keepSamples(samples, sample(at, 500));

    expect(samples.length).toBeLessThan(700);
    expect((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0)).toBeGreaterThan(6.9 * DAY);
  });
});
