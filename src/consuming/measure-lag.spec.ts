import { describe, expect, it } from '@jest/globals';
import { anEntry } from '../../test/support/an-event.js';
import { MemoryEventLog } from '../../test/support/memory/memory-event-log.js';
import { logRecordOf } from '../../test/support/trail-log.js';
import { measureLag } from './measure-lag.js';

const NOW = new Date('2026-11-22T12:00:00.000Z');

describe(measureLag.name, () => {
  it('takes no point beyond the end for one that is up to date', async () => {
    const log = new MemoryEventLog();
    await log.append([logRecordOf(anEntry())]);

    expect(await measureLag(log, { epoch: 1, next: [1] }, NOW)).toEqual({ events: 0, seconds: 0 });
    for (const point of [
      { epoch: 1, next: [2] },
      { epoch: 2, next: [1] },
    ])
      await expect(measureLag(log, point, NOW)).rejects.toMatchObject({ code: 'STORAGE.NOT_ON_THIS_LOG' });
  });
});
