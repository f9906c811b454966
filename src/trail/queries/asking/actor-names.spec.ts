import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { anEntry } from '../../../../test/support/an-event.js';
import { TrailLog } from '../../../../test/support/trail-log.js';
import type { PersonIdentity } from '../../../domain/identity.js';
import { ActorNames } from './actor-names.js';

const folders = temporaryFolders();
const open: TrailLog[] = [];

afterEach(async () => {
  for (const trail of open.splice(0)) await trail.close();
});

const BUSY = 'sub_aaaaaaaaaaaaaaaaaaaa';
const QUIET = 'sub_bbbbbbbbbbbbbbbbbbbb';
const NAMELESS = 'sub_cccccccccccccccccccc';

/** A trail of events, each with its actor's names; the minute is its number. */
async function setup(...events: readonly (readonly [subject: string, names: PersonIdentity])[]): Promise<ActorNames> {
  const trail = new TrailLog(folders());
  open.push(trail);
  const entries = events.map(([subject], minute) =>
    anEntry({
      source: { nativeId: String(minute) },
      actor: { kind: 'user', subject },
      occurredAt: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`,
    }),
  );
  await trail.append(...entries);
  await trail.project({
    openIdentity: ({ source }) => ({ actor: events[Number(source.nativeId)]?.[1] ?? {} }),
  });
  return new ActorNames(trail.store);
}

describe(ActorNames.name, () => {
  it('gives the latest names of each', async () => {
    const sut = await setup(
      [QUIET, { nativeId: 'q', name: 'Old' }],
      [QUIET, { nativeId: 'q', name: 'New', email: 'q@example.com' }],
      [NAMELESS, {}],
    );

    expect(await sut.of([QUIET, NAMELESS])).toEqual(
      new Map([[QUIET, { nativeId: 'q', name: 'New', email: 'q@example.com' }]]),
    );
  });

  it('loses nobody beside one who is called something else each time', async () => {
    const busy = Array.from({ length: 50 }, (_, n) => [BUSY, { nativeId: 'b', email: `b+${n}@example.com` }] as const);
    const sut = await setup([QUIET, { nativeId: 'q', name: 'Quiet' }], ...busy);

    expect(await sut.of([BUSY, QUIET])).toEqual(
      new Map([
        [BUSY, { nativeId: 'b', email: 'b+49@example.com' }],
        [QUIET, { nativeId: 'q', name: 'Quiet' }],
      ]),
    );
  });
});
