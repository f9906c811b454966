import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { CORRECTING } from '../../test/support/changing-source.js';
import { aCaller, RecordingRoom } from '../../test/support/recording-room.js';
import { NOBODY } from '../domain/principal.js';

const newFolder = temporaryFolders();
const open: RecordingRoom[] = [];

afterEach(async () => {
  for (const room of open.splice(0)) await room.close();
});

async function setup(): Promise<RecordingRoom> {
  const room = await RecordingRoom.open({ folder: newFolder() });
  open.push(room);
  return room;
}

describe('an act of Keytrail’s own', () => {
  it('names nobody where the caller proved to be nobody', async () => {
    const room = await setup();
    const details = { code: 'ACCESS.UNAUTHENTICATED', count: 1, minute: '2026-11-22T12:00:00Z' };
    const nobody = aCaller({ principal: NOBODY, address: '203.0.113.77' });

    await room.parts.recording.recordOwn([{ action: 'trail.refused', outcome: 'failure', details }], nobody);

    const [refused] = await room.stored();
    expect(refused?.entry.actor).toEqual({ kind: 'unknown' });
    expect(refused?.identity).toEqual({ address: '203.0.113.77' });
    expect(JSON.parse(refused?.encryptedText ?? '[]')).toMatchObject([{ keyId: 'day.2026-11-22' }]);
    expect(await room.state.list('subjects')).toEqual([]);
  });

  it('keeps no credential that somebody typed, nor what no entry can hold', async () => {
    const token = (where: string) => ['hvs', `CAESIJ${where}plantedplanted`].join('.');
    const room = await setup();
    const principal = { ...CORRECTING.principal, name: token('name') };
    const caller = aCaller({ userAgent: `tool ${token('agent')}`, principal });
    const filter = JSON.stringify([{ field: 'text', any: [token('filter'), '-----BEGIN PRIVATE KEY-----'] }]);
    const details = { query: 'events', filters: [{ secret: token('details'), odd: '\ud800' }], identities: false };

    await room.parts.recording.recordOwn(
      [{ action: 'keytrail.queried', outcome: 'success', details, personal: { filter, text: token('text') } }],
      caller,
    );
    const file = { name: `/logs/${token('file')}`, firstLine: 1, firstByte: 0, repeated: [] };
    await room.post('generic-json', [{ bad: 1 }], { file, supersede: { reason: token('reason') } }, caller);

    const [queried, ingested] = await room.stored();
    expect(JSON.stringify([queried, ingested])).not.toContain('planted');
    expect(queried?.entry).toMatchObject({
      details: { filters: [{ secret: '{redacted: vault-token}', odd: '\ufffd' }] },
      redactions: [
        { path: 'actor.nativeId', count: 1 },
        { path: 'actor.name', count: 1 },
        { path: 'userAgent', count: 1 },
        { path: 'filter', count: 2 },
        { path: 'text', count: 1 },
        { path: 'details', count: 1 },
      ],
    });
    expect(queried?.identity).toMatchObject({ userAgent: 'tool {redacted: vault-token}' });
    expect(JSON.parse(queried?.identity.filter ?? '')).toEqual([
      { field: 'text', any: ['{redacted: vault-token}', '{redacted: private-key}'] },
    ]);
    expect(ingested?.identity).toMatchObject({
      files: '["/logs/{redacted: vault-token}"]',
      text: '{redacted: vault-token}',
    });
  });

  it('says what it is about where it is too long, and what it lacks', async () => {
    const room = await setup();
    const names = Array.from({ length: 100 }, (_, index) => `${'😀'.repeat(200)}${index}`);
    const asked = { query: 'export', asOf: '1-0:7', events: 7, identities: true };
    const issued = { keyId: 'k', holder: 'sub_x', role: 'log_writer' };

    await room.parts.recording.recordOwn(
      [
        {
          action: 'keytrail.exported',
          outcome: 'success',
          details: { ...asked, filters: [{ instance: names }] },
        },
        { action: 'keytrail.key_issued', outcome: 'success', details: { ...issued, limits: { instances: names } } },
      ],
      aCaller(),
    );

    const [exported, key] = (await room.stored()).map(({ entry }) => entry);
    expect(exported).toMatchObject({ details: asked, flags: ['entry_cut', 'filters_cut'] });
    expect(exported?.details).not.toHaveProperty('filters');
    expect(key).toMatchObject({ details: issued, flags: ['entry_cut', 'limits_cut'] });
    expect(exported?.correlation).toBeDefined();
  });
});
