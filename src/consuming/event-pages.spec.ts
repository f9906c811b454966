import { describe, expect, it } from '@jest/globals';
import { anEntry } from '../../test/support/an-event.js';
import { MemoryEventLog } from '../../test/support/memory/memory-event-log.js';
import { logRecordOf } from '../../test/support/trail-log.js';
import { DataKeyCache } from './data-key-cache.js';
import { EventPages } from './event-pages.js';
import { measureLag } from './measure-lag.js';

describe(EventPages.name, () => {
  /** A log with something at offset 1 that is no event. */
  async function logWithAStranger(): Promise<MemoryEventLog> {
    const log = new MemoryEventLog();
    await log.append(['a', 'b', 'c'].map((nativeId) => logRecordOf(anEntry({ source: { nativeId } }))));
    const [, second] = log.records;
    if (second) log.records[1] = { ...second, entry: new Uint8Array(), fault: 'STORAGE.NOT_AN_EVENT' };
    return log;
  }

  it('ends before what is no event, and says where and why', async () => {
    const keys = new DataKeyCache({ open: () => Promise.resolve([]) });
    const sut = new EventPages(await logWithAStranger(), keys, () => ({ withheld: 0 }));

    const page = await sut.read({ epoch: 1, next: [0] }, 0, 10);

    expect(page.events.map(({ position }) => position.offset)).toEqual([0]);
    expect(page.next).toBe(1);
    expect(page.poison).toMatchObject({ position: { offset: 1 }, code: 'STORAGE.NOT_AN_EVENT' });
  });

  it('takes an entry under the id of another for no event', async () => {
    const log = new MemoryEventLog();
    await log.append(['a', 'b'].map((nativeId) => logRecordOf(anEntry({ source: { nativeId } }))));
    const [first, second] = log.records;
    if (first && second) log.records[1] = { ...second, id: first.id };
    const keys = new DataKeyCache({ open: () => Promise.resolve([]) });

    const page = await new EventPages(log, keys, () => ({ withheld: 0 })).read({ epoch: 1, next: [0] }, 0, 10);

    expect(page.poison).toMatchObject({ position: { offset: 1 }, code: 'STORAGE.NOT_AN_EVENT' });
  });

  it('does not keep the lag from being told', async () => {
    const log = await logWithAStranger();

    expect(await measureLag(log, { epoch: 1, next: [1] }, new Date())).toEqual({ events: 2, seconds: 0 });
  });
});
