import { describe, expect, it } from '@jest/globals';
import { serverTiming, serverTimingHeader, timed } from './server-timing.js';

describe(timed.name, () => {
  it('notes how long each part took, one that failed too', async () => {
    const parts = new Map<string, number>();

    await serverTiming.run(parts, async () => {
      expect(await timed('search', () => Promise.resolve('found'))).toBe('found');
      await expect(timed('record', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    });

    expect([...parts.keys()]).toEqual(['search', 'record']);
    expect(serverTimingHeader(new Map([['search', 12.34], ['record', 2]]))).toBe('search;dur=12.3, record;dur=2.0'); // prettier-ignore
  });

  it('does the work where nobody asks for the time', async () => {
    expect(await timed('search', () => Promise.resolve(1))).toBe(1);
  });
});
