import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { FailingLog } from '../../test/support/failing-log.js';
import { aCaller, aUsersEvent, RecordingRoom, type RecordingRoomOptions } from '../../test/support/recording-room.js';
import { KeytrailError } from '../domain/errors.js';

const newFolder = temporaryFolders();
const open: RecordingRoom[] = [];

afterEach(async () => {
  for (const room of open.splice(0)) await room.close();
});

async function setup(options: Partial<RecordingRoomOptions> = {}) {
  const logs: FailingLog[] = [];
  const wrapLog: RecordingRoomOptions['wrapLog'] = (log) => {
    const failing = new FailingLog(log);
    logs.push(failing);
    return failing;
  };
  const room = await RecordingRoom.open({ folder: newFolder(), wrapLog, ...options });
  open.push(room);
  return { room, log: logs[0] as FailingLog }; // eslint-disable-line @typescript-eslint/non-nullable-type-assertion-style -- made in open
}

function held(): { readonly promise: Promise<void>; readonly release: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    promise: promise.then(() => undefined),
    release: () => {
      resolve(undefined);
    },
  };
}

const failing = (code: 'STORAGE.DISK_FULL' | 'INGESTION.QUEUE_FULL' | 'INGESTION.UNAVAILABLE') =>
  expect.objectContaining({ code, facts: expect.objectContaining({ retryAfter: 2 }) as unknown });

describe('an outage', () => {
  it('refuses with nothing written, and the first commit after it tells of it', async () => {
    const { room, log } = await setup();
    log.failure = new KeytrailError('STORAGE.DISK_FULL');
    await expect(room.post('generic-json', aUsersEvent())).rejects.toEqual(failing('STORAGE.DISK_FULL'));
    room.clock.set('2026-11-22T12:01:00.000Z');
    await expect(room.post('generic-json', aUsersEvent())).rejects.toEqual(failing('STORAGE.DISK_FULL'));
    log.failure = undefined;
    room.clock.set('2026-11-22T12:02:00.000Z');

    await room.post('generic-json', aUsersEvent());
    await room.post('generic-json', aUsersEvent());

    const stored = await room.stored();
    expect(stored.map(({ entry }) => entry.action)).toEqual([
      'trail.interrupted',
      'secret.read',
      'trail.ingested',
      'secret.read',
      'trail.ingested',
    ]);
    expect(stored[0]?.entry.details).toEqual({
      from: '2026-11-22T12:00:00.000Z',
      to: '2026-11-22T12:02:00.000Z',
      refused: 2,
      cause: 'storage',
    });
    expect(room.health).toEqual(['failed', 'failed', 'working', 'working'].map((state) => `event_log ${state}`));
  });

  it('ends by itself when nobody comes', async () => {
    const { room, log } = await setup({ probeMs: 1 });
    log.failure = new KeytrailError('STORAGE.DISK_FULL');
    await expect(room.post('generic-json', aUsersEvent())).rejects.toThrow();
    const appended = new Promise<void>((resolve) => {
      log.subscribe(resolve);
    });

    log.failure = undefined;
    await appended;

    expect((await room.stored()).map(({ entry }) => entry.action)).toEqual(['trail.interrupted']);
  });

  it('refuses at once what finds the queue full, and tells of it', async () => {
    const { room, log } = await setup({ room: { events: 50_000, bytes: 600 } });
    const gate = held();
    log.hold = gate.promise;
    const [first, second] = [room.post('generic-json', aUsersEvent()), room.post('generic-json', aUsersEvent())];
    while (room.waiting() < 2) await new Promise(setImmediate);

    await expect(room.post('generic-json', aUsersEvent())).rejects.toEqual(failing('INGESTION.QUEUE_FULL'));
    gate.release();
    await Promise.all([first, second]);
    await room.post('generic-json', aUsersEvent());

    const stored = await room.stored();
    const told = stored.filter(({ entry }) => entry.action === 'trail.interrupted');
    expect(told.map(({ entry }) => entry.details?.['refused'])).toEqual([1]);
    expect(room.waiting()).toBe(0);
  });

  it('lets nobody wait without end for a commit that hangs', async () => {
    const { room, log } = await setup({ waitMs: 20 });
    const gate = held();
    log.hold = gate.promise;
    const hanging = room.post('generic-json', aUsersEvent());
    await room.ready(1);

    await expect(room.post('generic-json', aUsersEvent())).rejects.toEqual(failing('INGESTION.UNAVAILABLE'));

    gate.release();
    await hanging;
    expect((await room.recorded()).filter(({ entry }) => entry.action === 'secret.read')).toHaveLength(1);
  });
});

describe('a group commit', () => {
  it('takes in what arrives together, and answers each with its own', async () => {
    const { room, log } = await setup();
    const gate = held();
    log.hold = gate.promise;
    const posts = ['a', 'b', 'c'].map((name) => room.post('generic-json', aUsersEvent({ secret_name: name })));
    await room.ready(3);
    gate.release();

    const results = await Promise.all(posts);

    expect(log.appends.length).toBeLessThan(3);
    const stored = await room.stored();
    for (const [index, { items }] of results.entries()) {
      const [item] = items;
      const at = item?.status === 'recorded' ? (item.positions[0]?.offset ?? -1) : -1;
      expect(stored[at]?.entry.secrets?.[0]?.path).toBe(['a', 'b', 'c'][index]);
    }
  });

  it('has one account for each key, kind and instance', async () => {
    const { room, log } = await setup();
    const gate = held();
    log.hold = gate.promise;
    const first = room.post('generic-json', aUsersEvent());
    await room.ready(1);
    const others = [
      room.post('generic-json', aUsersEvent()),
      room.post('generic-json', aUsersEvent()),
      room.post('generic-json', aUsersEvent(), { instance: 'other' }),
      room.post('generic-json', 'x', { format: 'ndjson' }, aCaller()),
    ];
    await room.ready(4);
    while (room.waiting() < 5) await new Promise(setImmediate);
    gate.release();
    await Promise.all([first, ...others]);

    const accounts = (await room.stored()).filter(({ entry }) => entry.action === 'trail.ingested').slice(1);
    const told = accounts.map(({ entry }) => [entry.source.instance, entry.details?.['read'], entry.correlation]);
    expect(told).toEqual([
      ['default', 3, undefined],
      ['other', 1, { requestId: expect.any(String) }],
    ]);
  });

  it('says nothing of duplicates where the log cannot know', async () => {
    const { room, log } = await setup();
    log.duplicatesKnown = false;

    const result = await room.post('generic-json', [aUsersEvent()]);

    expect(result).not.toHaveProperty('duplicates');
    const [, account] = await room.stored();
    expect(account?.entry.details).not.toHaveProperty('duplicates');
  });
});
