import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import {
  aCaller,
  aPrincipal,
  aUsersEvent,
  RecordingRoom,
  type RecordingRoomOptions,
} from '../../test/support/recording-room.js';
import type { Principal } from '../domain/principal.js';
import type { FilePart, ItemResult } from './commands/record-events/record-events.command.js';
import { deadLetterId } from './preparing/dead-letter.js';
import { KeyedHash } from './preparing/keyed-hash.js';

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

/** May record nothing of what is sent here. */
const LIMITED = aPrincipal({ limits: { actionClasses: ['auth'] } });
const CLOSING = aPrincipal({ permissions: new Set(['events:write', 'dead_letters:write']) });
const FILE: FilePart = { name: 'a', firstLine: 1, firstByte: 0, repeated: [] };

async function postLines(
  room: RecordingRoom,
  lines: readonly string[],
  principal: Principal,
  more: Partial<FilePart> = {},
): Promise<readonly ItemResult[]> {
  const delivery = { format: 'ndjson', file: { ...FILE, ...more } } as const;
  return (await room.post('generic-json', lines.join('\n'), delivery, aCaller({ principal }))).items;
}

function lettersOf(items: readonly ItemResult[]): readonly string[] {
  return items.map((item) => (item.status === 'rejected' ? item.deadLetter : 'understood'));
}

async function closedIn(room: RecordingRoom): Promise<readonly unknown[]> {
  const closings = (await room.stored()).filter(({ entry }) => entry.action === 'keytrail.dead_letters_closed');
  return closings.map(({ entry }) => entry.details);
}

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

  it('tells which field was missing, in the answer and on the log', async () => {
    const room = await setup();

    const { items } = await room.post('generic-json', '{"canary":"canary"}');

    expect(items).toMatchObject([{ status: 'rejected', reason: 'missing_field', field: 'event_type' }]);
    expect(await ingestedOf(room)).toMatchObject([
      { deadLetters: [{ reason: 'missing_field', field: 'event_type', length: 19 }] },
    ]);
    expect((await room.stored()).map(({ entryText }) => entryText).join()).not.toContain('canary');
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

  it('closes the dead letters of the very records that are understood now, and no others', async () => {
    const room = await setup();
    const records = [1, 2, 3].map((n) => JSON.stringify(aUsersEvent({ user_id: `user_${n}` })));
    const retries = lettersOf(await postLines(room, [...records, 'still bad'], LIMITED));
    const [one = '', two = '', three = ''] = records;

    const lines = [one, two.replace('user_2', 'user_8'), three, 'still bad'];
    const retried = await postLines(room, lines, CLOSING, { retries });
    const elsewhere = await postLines(room, [one], CLOSING, { retries, firstByte: 1 });
    const otherName = await postLines(room, [one], CLOSING, { retries, name: 'b' });

    const closedOf = (items: readonly ItemResult[]) => items.map((item) => item.retried?.closed);
    expect(closedOf(retried)).toEqual([true, false, true, undefined]);
    expect([...closedOf(elsewhere), ...closedOf(otherName)]).toEqual([false, false]);
    expect(await closedIn(room)).toEqual([{ ids: [retries[0], retries[2]] }]);
  });

  it('makes dead letters of records that are told of only, and of no others', async () => {
    const room = await setup();
    const tooLong = [[0, 9_000_000], [1, 8_000_000]] as const; // prettier-ignore

    const items = await postLines(room, ['null', JSON.stringify(aUsersEvent()), 'null'], aPrincipal(), { tooLong });

    expect(items.map((item) => ('reason' in item ? item.reason : item.status))).toEqual([
      'too_long',
      'recorded',
      'not_an_object',
    ]);
    expect(await ingestedOf(room)).toMatchObject([
      {
        deadLetters: [
          { reason: 'too_long', length: 9_000_000, at: { file: 0, line: 1, byteOffset: 0 } },
          { reason: 'not_an_object', length: 4 },
        ],
      },
    ]);
  });

  it('knows a record again that could not even be parsed then', async () => {
    const room = await setup();
    const text = `${JSON.stringify(aUsersEvent())} `;
    const source = { kind: 'generic-json', instance: 'default', requestId: '', wholeBody: false, file: FILE };
    const unparsed = { place: { item: 0, record: 0, line: 1, byteOffset: 0 }, evidence: Buffer.from(text) };
    const letter = deadLetterId(unparsed, source, new KeyedHash(await room.subjectKeys.identityKey()));

    expect(await postLines(room, [text], CLOSING, { retries: [letter] })).toMatchObject([
      { status: 'recorded', retried: { deadLetter: letter, closed: true } },
    ]);
  });

  it('closes the letter of a line that wraps several records only when all of them are understood', async () => {
    const room = await setup();
    const lines = [[aUsersEvent(), { bad: 1 }], [aUsersEvent(), aUsersEvent()], [{ bad: 1 }]];
    const texts = lines.map((line) => JSON.stringify(line));
    const letters = lettersOf(await postLines(room, texts, LIMITED));

    await postLines(room, texts, CLOSING, { retries: [0, 2, 4].map((item) => letters[item] ?? '') });

    expect(await closedIn(room)).toEqual([{ ids: [letters[2]] }]);
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
