import { describe, expect, it } from '@jest/globals';
import { SystemClock } from '../platform/system-clock.js';
import type { SubjectKeys } from '../privacy/subject-keys.port.js';
import { ThreadedProjector } from './threaded-projector.js';

function setup(): { sut: ThreadedProjector } {
  const keys = {} as SubjectKeys; // never asked: nothing runs
  const data = { files: { events: 'none', views: 'none' }, busyMs: 1, queryMs: 1 };
  return { sut: new ThreadedProjector({ keys, clock: new SystemClock() }, data) };
}

describe(ThreadedProjector.name, () => {
  it('says at once that nobody catches up where it was not started', async () => {
    const { sut } = setup();

    await expect(sut.caughtUp()).rejects.toMatchObject({ code: 'TRAIL.NOT_READY' });
    await expect(sut.rebuild()).rejects.toMatchObject({ code: 'TRAIL.NOT_READY' });
  });
});
