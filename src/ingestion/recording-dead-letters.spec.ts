import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import {
  aCaller,
  aPrincipal,
  aUsersEvent,
  RecordingRoom,
  type RecordingRoomOptions,
} from '../../test/support/recording-room.js';

const newFolder = temporaryFolders();
const open: RecordingRoom[] = [];

afterEach(async () => {
  for (const room of open.splice(0)) await room.close();
});

async function setup(options: Partial<RecordingRoomOptions> = {}): Promise<RecordingRoom> {
  const room = await RecordingRoom.open({ folder: newFolder(), ...options });
  open.push(room);
  return room;
}

const ingestedOf = async (room: RecordingRoom) =>
  (await room.stored()).filter(({ entry }) => entry.action === 'trail.ingested').map(({ entry }) => entry.details);

describe('what cannot be understood', () => {
  it('makes dead letters that say where a record lies, and never what it says', async () => {
    const room = await setup();
    const body = `${JSON.stringify(aUsersEvent())}\n{"canary":\n\n${JSON.stringify(aUsersEvent())}`;
    const file = { name: '/home/canary/a.ndjson', firstLine: 10, firstByte: 1_000, repeated: [] };

    const { items } = await room.post('generic-json', body, { format: 'ndjson', file });

    const [, , ingested] = await room.stored();
    expect(items.map(({ status }) => status)).toEqual(['recorded', 'rejected', 'recorded']);
    expect(ingested?.entry.details).toMatchObject({
      read: 3,
      recorded: 2,
      rejected: { not_json: 1 },
      deadLetters: [
        {
          id: items[1]?.status === 'rejected' ? items[1].deadLetter : undefined,
          reason: 'not_json',
          length: 10,
          at: { file: 0, line: 11, byteOffset: 1_000 + JSON.stringify(aUsersEvent()).length + 1 },
        },
      ],
    });
    expect(ingested?.identity.files).toBe('["/home/canary/a.ndjson"]');
    expect(ingested?.entryText).not.toContain('canary');
  });

  it('gives the same dead letters when a file is read again', async () => {
    const room = await setup();
    const file = { name: 'a.json', firstLine: 1, firstByte: 0, repeated: [] };
    const send = async (name: string) => {
      const { items } = await room.post('generic-json', 'oops', { format: 'ndjson', file: { ...file, name } });
      return items[0]?.status === 'rejected' && items[0].deadLetter;
    };

    const [first, second, other] = [await send('a.json'), await send('a.json'), await send('b.json')];

    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('answers an unreadable body with an error, after its dead letter is durable', async () => {
    const room = await setup();

    const answer = room.post('generic-json', '[{"canary": 1');

    await expect(answer).rejects.toEqual(expect.objectContaining({ code: 'INGESTION.UNREADABLE_BODY' }));
    expect(await ingestedOf(room)).toMatchObject([{ read: 1, rejected: { not_json: 1 } }]);
  });

  it('closes dead letters whose records are understood now', async () => {
    const room = await setup();
    const file = { name: 'a', firstLine: 1, firstByte: 0, repeated: [], retries: ['dl-1', 'dl-2'] };

    const admin = aCaller({ principal: aPrincipal({ permissions: new Set(['events:write', 'dead_letters:write']) }) });
    const body = `${JSON.stringify(aUsersEvent())}\nstill bad`;

    await room.post('generic-json', body, { format: 'ndjson', file }, admin);

    const closed = (await room.stored()).find(({ entry }) => entry.action === 'keytrail.dead_letters_closed');
    expect(closed?.entry.details).toEqual({ ids: ['dl-1'] });
  });

  it('closes the letter of a line that wraps several records only when all of them are understood', async () => {
    const room = await setup();
    const admin = aCaller({ principal: aPrincipal({ permissions: new Set(['events:write', 'dead_letters:write']) }) });
    const file = { name: 'a', firstLine: 1, firstByte: 0, repeated: [], retries: ['dl-1', 'dl-2', 'dl-3'] };
    const lines = [[aUsersEvent(), { bad: 1 }], [aUsersEvent(), aUsersEvent()], [{ bad: 1 }]];
    const body = lines.map((line) => JSON.stringify(line)).join('\n');

    await room.post('generic-json', body, { format: 'ndjson', file }, admin);

    const closed = (await room.stored()).find(({ entry }) => entry.action === 'keytrail.dead_letters_closed');
    expect(closed?.entry.details).toEqual({ ids: ['dl-2'] });
  });

  it('closes none for whoever may only write', async () => {
    const room = await setup();
    const file = { name: 'a', firstLine: 1, firstByte: 0, repeated: [], retries: ['dl-1'] };

    await expect(room.post('generic-json', [aUsersEvent()], { file })).rejects.toEqual(
      expect.objectContaining({ code: 'ACCESS.DENIED', facts: { permission: 'dead_letters:write' } }),
    );
    expect(await room.stored()).toEqual([]);
  });

  it('records nothing of a body that is not what it was said to be, though it looks like records', async () => {
    const room = await setup();

    const answer = room.post('generic-json', [aUsersEvent()], { broken: true });

    await expect(answer).rejects.toEqual(expect.objectContaining({ code: 'INGESTION.UNREADABLE_BODY' }));
    expect(await ingestedOf(room)).toMatchObject([{ read: 1, recorded: 0, rejected: { not_json: 1 } }]);
  });

  it('continues in further parts what does not fit in one entry', async () => {
    const room = await setup();
    const lines = Array.from({ length: 1_000 }, (_, index) => `bad ${index}`).join('\n');

    await room.post('generic-json', lines, { format: 'ndjson' });

    const stored = await room.stored();
    expect(stored.length).toBeGreaterThan(3);
    expect(stored.every(({ entryText }) => entryText.length <= 60_000)).toBe(true);
    expect(stored.map(({ entry }) => entry.part)).toEqual(stored.map((_, index) => [index + 1, stored.length]));
    const letters = stored.flatMap(({ entry }) => entry.details?.['deadLetters'] as { id: string }[]);
    expect(new Set(letters.map(({ id }) => id)).size).toBe(1_000);
    expect(stored.map(({ entry }) => entry.details?.['read'])).toEqual([1_000, ...stored.slice(1).map(() => 0)]);
  });
});
