import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import {
  aCaller,
  aPrincipal,
  aUsersEvent,
  RecordingRoom,
  type RecordingRoomOptions,
} from '../../test/support/recording-room.js';
import { Recording } from './recording.js';

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

describe(Recording.name, () => {
  it('records an event, its personal fields apart, and tells of it', async () => {
    const room = await setup();

    const result = await room.post('generic-json', aUsersEvent());

    const [event, ingested] = await room.stored();
    expect(result).toEqual({
      // Behind the event and what tells of it.
      asOf: { epoch: 1, next: [2] },
      items: [{ status: 'recorded', ids: [event?.entry.id], positions: [{ epoch: 1, partition: 0, offset: 0 }] }],
      read: 1,
      recorded: 1,
      duplicates: 0,
      conflicts: 0,
      ignored: 0,
      rejected: 0,
    });
    expect(event?.entry).toMatchObject({
      v: 1,
      tenant: 'default',
      environment: 'production',
      action: 'secret.read',
      outcome: 'success',
      occurredAt: '2026-11-22T10:30:00Z',
      recordedAt: '2026-11-22T12:00:00.000Z',
      source: { kind: 'generic-json', instance: 'default' },
      secrets: [{ path: 'stripe_api_key' }],
    });
    expect(event?.identity).toMatchObject({
      actor: { nativeId: 'user_123', email: 'a@example.com' },
      address: '192.168.1.100',
      userAgent: 'AppStruct/1.0',
    });
    expect(event?.entryText).not.toMatch(/user_123|example\.com|192\.168|AppStruct/);
    expect(ingested?.entry).toMatchObject({
      action: 'trail.ingested',
      source: { kind: 'generic-json', instance: 'default' },
      actor: { kind: 'service', roles: ['log_writer'] },
      details: { read: 1, recorded: 1, duplicates: 0, conflicts: 0, ignored: 0, rejected: {}, deadLetters: [] },
    });
    expect(ingested?.identity).toMatchObject({ actor: { name: 'shipper' }, credentialId: 'kid1' });
  });

  it.each([['a\0b'], ['a\ud800'], ['a\nb']])('refuses the instance %j, which no entry could hold', async (instance) => {
    const room = await setup();

    await expect(room.post('generic-json', [aUsersEvent()], { instance })).rejects.toEqual(
      expect.objectContaining({ code: 'REQUEST.INVALID', facts: { errors: ['instance must be printable text'] } }),
    );
    expect(await room.stored()).toEqual([]);
  });

  it('knows one person in all their events', async () => {
    const room = await setup();

    await room.post('generic-json', [aUsersEvent(), aUsersEvent({ secret_name: 'other' })]);

    const subjects = (await room.recorded()).map(({ entry }) => entry.actor.subject);
    expect(subjects[0]).toMatch(/^sub_/);
    expect(new Set(subjects).size).toBe(1);
  });

  describe('replays', () => {
    const five = Array.from({ length: 5 }, () => aUsersEvent({ event_type: 'failed_attempt', success: false }));

    it('takes five equal records in one body for five events, and replaying the body adds none', async () => {
      const room = await setup();

      const first = await room.post('generic-json', five);
      const second = await room.post('generic-json', five);

      expect([first.recorded, second.recorded, second.duplicates]).toEqual([5, 0, 5]);
      expect(await room.recorded()).toHaveLength(5);
      expect(new Set((await room.recorded()).map(({ entry }) => entry.id)).size).toBe(5);
    });

    it('counts equal records over the whole file, however it is cut', async () => {
      const room = await setup();
      const file = { name: 'a.ndjson', firstLine: 1, firstByte: 0 };
      const line = JSON.stringify(five[0]);
      await room.post('generic-json', `${line}\n${line}\n${line}`, {
        format: 'ndjson',
        file: { ...file, repeated: [[1, 1], [2, 2]] }, // prettier-ignore
      });

      const again = await room.post('generic-json', `${line}\n${line}`, {
        format: 'ndjson',
        file: { ...file, firstLine: 2, repeated: [[0, 1], [1, 2]] }, // prettier-ignore
      });
      const more = await room.post('generic-json', line, {
        format: 'ndjson',
        file: { ...file, firstLine: 4, repeated: [[0, 3]] },
      });

      expect([again.recorded, again.duplicates, more.recorded]).toEqual([0, 2, 1]);
    });

    it('takes a single record for a new event at every post, but for one with an Idempotency-Key', async () => {
      const room = await setup();

      await room.post('generic-json', aUsersEvent());
      await room.post('generic-json', aUsersEvent());
      await room.post('generic-json', aUsersEvent(), { idempotencyKey: 'k1' });
      await room.post('generic-json', aUsersEvent(), { idempotencyKey: 'k1' });

      expect(await room.recorded()).toHaveLength(3);
    });

    it('keeps instances apart that share native ids', async () => {
      const room = await setup();

      await room.post('generic-json', five, { instance: 'one' });
      const other = await room.post('generic-json', five, { instance: 'two' });

      expect(other.recorded).toBe(5);
    });

    it('knows a record again whatever the order of its keys and its blanks', async () => {
      const room = await setup();
      await room.post('generic-json', [aUsersEvent()]);

      const reordered = Object.fromEntries(Object.entries(aUsersEvent()).reverse());
      const again = await room.post('generic-json', JSON.stringify([reordered], null, 3));

      expect(again.duplicates).toBe(1);
    });

    it('tells a contradiction once: another act under one id', async () => {
      const room = await setup();
      await room.post('generic-json', aUsersEvent(), { idempotencyKey: 'k' });

      const other = aUsersEvent({ action: 'delete', event_type: 'secret_change' });
      const [conflict] = (await room.post('generic-json', other, { idempotencyKey: 'k' })).items;
      const again = await room.post('generic-json', other, { idempotencyKey: 'k' });

      const [first, told, ...rest] = await room.recorded();
      expect(conflict).toMatchObject({ status: 'conflict', ids: [told?.entry.id] });
      expect([again.conflicts, again.recorded, rest.length]).toEqual([1, 0, 0]);
      expect(told?.entry).toMatchObject({
        action: 'trail.identity_conflict',
        outcome: 'unknown',
        details: { event: first?.entry.id, action: 'secret.delete' },
      });
    });

    it('tells each of two contradictions of one event', async () => {
      const room = await setup();
      const under = { idempotencyKey: 'k' };
      await room.post('generic-json', aUsersEvent(), under);

      for (const action of ['add', 'delete'])
        await room.post('generic-json', aUsersEvent({ event_type: 'secret_change', action }), under);

      expect((await room.recorded()).slice(1).map(({ entry }) => entry.details?.['action'])).toEqual([
        'secret.create',
        'secret.delete',
      ]);
    });

    it('takes a later time under one id for the same event: two devices log one call', async () => {
      const room = await setup();
      await room.post('generic-json', aUsersEvent(), { idempotencyKey: 'k' });

      const later = aUsersEvent({ timestamp: '2026-11-22T10:30:02Z' });
      const again = await room.post('generic-json', later, { idempotencyKey: 'k' });

      expect(again.duplicates).toBe(1);
    });
  });

  it('refuses a kind that is not the key’s, and too much at once, with nothing written', async () => {
    const room = await setup({ limits: { records: 2, bytes: 2_000 } });
    const limited = aCaller({ principal: aPrincipal({ limits: { kinds: ['vault'] } }) });

    await expect(room.post('generic-json', [], {}, limited)).rejects.toEqual(
      expect.objectContaining({ code: 'ACCESS.DENIED' }),
    );
    await expect(room.post('generic-json', [1, 2, 3])).rejects.toEqual(
      expect.objectContaining({ code: 'INGESTION.BATCH_TOO_LARGE', facts: { limits: { records: 2, bytes: 2_000 } } }),
    );
    await expect(room.post('generic-json', 'x'.repeat(2_001))).rejects.toEqual(
      expect.objectContaining({ code: 'INGESTION.BATCH_TOO_LARGE' }),
    );
    await expect(room.post('nonsense', [])).rejects.toEqual(
      expect.objectContaining({ code: 'INGESTION.UNKNOWN_SOURCE' }),
    );
    expect(await room.stored()).toEqual([]);
  });

  it('refuses a flood of new subjects whole, and never stores it otherwise', async () => {
    const room = await setup({ newSubjectsPerHour: 2 });

    const flood = room.post(
      'generic-json',
      ['a', 'b', 'c'].map((id) => aUsersEvent({ user_id: id })),
    );

    await expect(flood).rejects.toEqual(expect.objectContaining({ code: 'PRIVACY.TOO_MANY_SUBJECTS' }));
    expect(await room.stored()).toEqual([]);
  });

  it('tells of a delivery of nothing: that it came is what coverage goes by', async () => {
    const room = await setup();

    await room.post('generic-json', []);

    expect((await room.stored()).map(({ entry }) => [entry.action, entry.details?.['read']])).toEqual([
      ['trail.ingested', 0],
    ]);
  });

  it('tells of each key apart, though one commit holds what both sent', async () => {
    const room = await setup({ lingerMs: 50 });
    const other = aCaller({ principal: aPrincipal({ keyId: 'kid2', name: 'other' }) });

    await Promise.all([
      room.post('generic-json', [aUsersEvent()]),
      room.post('generic-json', [aUsersEvent({ user_id: 'user_2' }), { bad: 1 }], {}, other),
    ]);

    const told = (await room.stored()).filter(({ entry }) => entry.action === 'trail.ingested');
    expect(told.map(({ entry, identity }) => [identity.credentialId, entry.details?.['read']])).toEqual([
      ['kid1', 1],
      ['kid2', 2],
    ]);
  });

  it('prepares large bodies in a thread, with the same result', async () => {
    const room = await setup();
    const many = Array.from({ length: 400 }, (_, index) => aUsersEvent({ user_id: `user_${index % 7}` }));

    const inThread = await room.post('generic-json', many);
    const inline = await room.post('generic-json', many.slice(0, 10));

    expect([inThread.recorded, inline.duplicates]).toEqual([400, 10]);
    const [first] = await room.recorded();
    expect(first?.identity).toMatchObject({ actor: { nativeId: 'user_0' }, address: '192.168.1.100' });
  });

  it('lets no error of a thread pass for anything else', async () => {
    const room = await setup({ limits: { records: 10, bytes: 1_000_000 } });
    const many = Array.from({ length: 400 }, () => aUsersEvent());

    await expect(room.post('generic-json', many)).rejects.toEqual(
      expect.objectContaining({
        code: 'INGESTION.BATCH_TOO_LARGE',
        facts: { limits: { records: 10, bytes: 1_000_000 } },
      }),
    );
  });

  it('keeps no name, address or file name in clear on the log or in the state store', async () => {
    const folder = newFolder();
    const room = await setup({ folder });
    const caller = aCaller({ address: '203.0.113.77', principal: aPrincipal({ name: 'Carla Canary' }) });
    const event = aUsersEvent({ user_id: 'ucanary', user_email: 'canary@example.org', user_name: 'Canary' });

    await room.post('generic-json', [event, 'bad'], { file: { name: 'canary.log', firstLine: 1, firstByte: 0, repeated: [] } }, caller); // prettier-ignore

    const stored = await room.stored();
    const clear = stored.map(({ entryText, encryptedText }) => entryText + encryptedText).join('');
    expect(clear).not.toMatch(/canary|192\.168\.1\.100|203\.0\.113|AppStruct/i);
    expect(JSON.stringify(stored.map(({ identity }) => identity))).toMatch(/ucanary.*canary\.log/s);
  });
});
