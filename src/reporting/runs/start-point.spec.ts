import { afterEach, describe, expect, it } from '@jest/globals';
import { anEntry } from '../../../test/support/an-event.js';
import { temporaryFolders } from '../../../test/contract/temporary-folder.js';
import { TrailLog } from '../../../test/support/trail-log.js';
import { TRAIL_PROJECTIONS } from '../../trail/projections/trail-projections.js';
import { StartPoint } from './start-point.js';

const folders = temporaryFolders();
const open: TrailLog[] = [];

afterEach(async () => {
  for (const trail of open.splice(0)) await trail.close();
});

function setup(): { trail: TrailLog; sut: StartPoint } {
  const trail = new TrailLog(folders());
  open.push(trail);
  return { trail, sut: new StartPoint(trail.log, trail.store) };
}

const nobody = new AbortController().signal;
const event = (nativeId: string) => anEntry({ source: { nativeId } });
const start = (asOf: string) => ({ at: '2026-11-22T12:00:00.000Z', asOf, behind: 0, version: '0.1.0' });

describe(StartPoint.name, () => {
  it('waits for every view that a report reads', async () => {
    const { trail, sut } = setup();
    await trail.append(event('a'));
    await trail.project();
    await trail.append(event('b'), event('c'));
    await trail.project({ projections: TRAIL_PROJECTIONS.filter(({ view }) => view.name === 'trail_events') });

    const found = sut.find(nobody);
    await expect(sut.check(start('1:0=3'))).rejects.toMatchObject({ code: 'TRAIL.NOT_READY' });
    await trail.project();

    expect(await found).toEqual({ asOf: '1:0=3', behind: 0 });
    await expect(sut.check(start('1:0=3'))).resolves.toBeUndefined();
  });

  it('gives up a report of another log', async () => {
    const { trail, sut } = setup();
    await trail.append(event('a'));
    await trail.project();
    await expect(sut.check(start('2:0=1'))).rejects.toMatchObject({ code: 'REPORTING.FAILED' });
  });
});
