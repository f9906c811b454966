import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { anEventOf, ChangingSource, CORRECTING, SUPERSEDE } from '../../test/support/changing-source.js';
import { NaiveTrail } from '../../test/support/naive-trail.js';
import { RecordingRoom, type StoredEvent } from '../../test/support/recording-room.js';
import type { Entry } from '../domain/entry.js';
import type { SourcedEvent } from '../domain/sourced-event.js';
import type { NativeDelivery } from './commands/record-events/record-events.command.js';

const newFolder = temporaryFolders();
const open: RecordingRoom[] = [];

afterEach(async () => {
  for (const room of open.splice(0)) await room.close();
});

const pathsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${'p'.repeat(200)}/${count}/${n}`);

/** 300 of these do not fit in one entry. */
function manySecrets(count: number): Partial<SourcedEvent> {
  return { secrets: pathsOf(count).map((path) => ({ store: 's', scope: '', path: [path] })) };
}

/** What the trail shows of these entries. */
function shownOf(recorded: readonly StoredEvent[]): readonly Entry[] {
  return new NaiveTrail(
    recorded.map(({ entry }) => entry),
    Date.now(),
  ).shown;
}

async function setup() {
  const source = new ChangingSource();
  const room = await RecordingRoom.open({ folder: newFolder(), sources: [source] });
  open.push(room);
  /** One record, of which a mapping makes these events. */
  const read = (mapping: number, changes: readonly Partial<SourcedEvent>[], more: Partial<NativeDelivery> = {}) => {
    source.mapping = mapping;
    source.understand = () => ({ kind: 'events', events: changes.map((change) => anEventOf('a', change)) });
    return room.post('changing', [{ id: 'a' }], more, CORRECTING);
  };
  return { room, read, source };
}

const statuses = ({ items }: { readonly items: readonly { readonly status: string }[] }) =>
  items.map(({ status }) => status);

describe('a mapping that makes another number of events or parts of a record', () => {
  it('records an event that a later mapping finds in a record whose first event has parts', async () => {
    const { room, read } = await setup();
    await read(1, [manySecrets(300)]);
    const parts = (await room.recorded()).length;

    await read(2, [manySecrets(300), { action: 'secret.list', secrets: [] }]);

    expect(parts).toBeGreaterThan(1);
    expect((await room.recorded()).slice(parts).map(({ entry: { action } }) => action)).toEqual(['secret.list']);
  });

  it.each([
    ['fewer parts', [600], [10]],
    ['more parts', [10], [600]],
    ['fewer events', [1, 2, 300], [1]],
    ['more events', [300], [10, 3]],
  ])('shows what the newest mapping makes of a record, with %s', async (_what, before, after) => {
    const { room, read } = await setup();
    const pathsIn = (counts: readonly number[]) => counts.flatMap(pathsOf).sort();
    const shown = async () =>
      shownOf(await room.recorded())
        .flatMap(({ secrets = [] }) => secrets.map(({ path }) => path))
        .sort();
    await read(1, before.map(manySecrets));

    const first = await read(2, after.map(manySecrets), SUPERSEDE);
    expect(await shown()).toEqual(pathsIn(after));
    const count = (await room.recorded()).length;
    const again = await read(2, after.map(manySecrets), SUPERSEDE);
    expect([first, again].map(statuses)).toEqual([['superseded'], ['duplicate']]);
    expect(await room.recorded()).toHaveLength(count);

    await read(3, before.map(manySecrets), SUPERSEDE);
    expect(await shown()).toEqual(pathsIn(before));
    await read(4, after.map(manySecrets), SUPERSEDE);
    expect(await shown()).toEqual(pathsIn(after));
  });

  it('changes no part and withdraws nothing by itself, but a replay says that it would', async () => {
    const { room, read } = await setup();
    await read(1, [manySecrets(300), manySecrets(1)]);
    const before = await room.recorded();

    const answers = [await read(2, [manySecrets(300)]), await read(3, [manySecrets(900), manySecrets(1)])];

    expect(answers.map(({ items: [item] }) => item)).toMatchObject([
      { status: 'duplicate', wouldSupersede: true },
      { status: 'duplicate', wouldSupersede: true },
    ]);
    expect(await room.recorded()).toEqual(before);
  });

  it('withdraws an event by one that names it and holds nothing of its secrets and personal fields', async () => {
    const { room, read } = await setup();
    await read(1, [manySecrets(1), { action: 'secret.list' }]);

    const { items } = await read(2, [manySecrets(1)], SUPERSEDE);

    const [, surplus, withdrawn] = await room.recorded();
    expect(items).toMatchObject([{ status: 'superseded', ids: [expect.any(String), withdrawn?.entry.id] }]);
    expect(withdrawn?.entry).toMatchObject({
      action: 'trail.event_withdrawn',
      source: { kind: 'changing', mapping: 2 },
      correlation: { supersedes: surplus?.entry.id },
      details: { event: surplus?.entry.id, action: 'secret.list', outcome: 'unknown' },
    });
    expect(withdrawn?.entry).not.toHaveProperty('secrets');
    expect(withdrawn?.encryptedText).toBe('[]');
  });

  it('withdraws nothing when the service was set back to an older mapping', async () => {
    const { room, read } = await setup();
    await read(5, [manySecrets(1), manySecrets(2)]);

    expect(statuses(await read(4, [manySecrets(1)], SUPERSEDE))).toEqual(['duplicate']);
    expect(await room.recorded()).toHaveLength(2);
  });

  it('leaves shown what was understood before and is ignored now: nothing says which event it was', async () => {
    const { room, read, source } = await setup();
    await read(1, [manySecrets(1)]);
    source.mapping = 2;
    source.understand = () => ({ kind: 'ignored', reason: 'no matter' });

    const { items } = await room.post('changing', [{ id: 'a' }], SUPERSEDE, CORRECTING);

    expect(statuses({ items })).toEqual(['ignored']);
    expect(shownOf(await room.recorded())).toHaveLength(1);
  });
});
