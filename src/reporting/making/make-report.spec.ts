import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { trailEntry } from '../../../test/support/activity-row.js';
import { ReportRoom, type GivenEvent } from '../../../test/support/report-room.js';
import type { Entry } from '../../domain/entry.js';
import { makeReport } from './make-report.js';

let room: ReportRoom;

beforeEach(() => {
  room = new ReportRoom();
});

afterEach(async () => {
  await room.close();
});

const event = (change: Partial<Entry> = {}, identity: GivenEvent['identity'] = {}): GivenEvent => ({
  entry: trailEntry(change),
  identity,
});

const secret = (path: string) => ({ uid: `vault:prod::${path}`, store: 'vault', path });

const ANNA = {
  actor: { name: 'Ψ-Canary Anna', email: 'canary.anna@example.com', nativeId: 'canary-entity-1' },
  credentialId: 'canary-credential',
  sessionName: 'canary-session',
  address: '192.0.2.77',
  userAgent: 'CanaryAgent/1.0',
  text: 'canary free text',
};

const itWhereThereIsAFullDevice = existsSync('/dev/full') ? it : it.skip;

describe(makeReport.name, () => {
  itWhereThereIsAFullDevice.each(['events.csv', 'report.pdf'])('says that the disk is full for %s', async (name) => {
    await room.given(event());
    const folder = mkdtempSync(join(tmpdir(), 'keytrail-full-'));
    symlinkSync('/dev/full', join(folder, name));

    const made = makeReport(await room.task(), room.trail.store, folder, () => undefined);

    await expect(made).rejects.toMatchObject({ code: 'STORAGE.DISK_FULL', facts: { store: 'reports' } });
    rmSync(folder, { recursive: true });
  });

  it('makes the same bytes of the same run', async () => {
    await room.given(
      event({}, ANNA),
      event({ outcome: 'failure', reason: 'denied' }),
      event({ action: 'secret.rotate' }),
    );

    const first = await room.make({ named: true });
    const second = await room.make({ named: true });

    expect(second.pdf).toEqual(first.pdf);
    expect(second.attachments).toEqual(first.attachments);
    expect(readFileSync(join(second.folder, 'report.pdf')).equals(readFileSync(join(first.folder, 'report.pdf')))).toBe(
      true,
    );
  });

  it('makes the same bytes when more is recorded afterwards', async () => {
    const db = { uid: 'aws:1::db', store: 'aws', path: 'db' };
    await room.given(event({ secrets: [db, { uid: 'aws:1::db-Qw3rTy', store: 'aws', path: 'db-Qw3rTy' }] }));
    await room.given(event({ outcome: 'failure' }));
    const { start } = (await room.task()).run;
    const before = await room.make();

    await room.given(
      event(),
      event({ action: 'secret.delete', source: { kind: 'vault', instance: 'prod', mapping: 1 } }),
      event({ source: { kind: 'vault', instance: 'heard of for the first time', mapping: 1 } }),
      event({ secrets: [{ ...db, alias: 'aws:1::db-Qw3rTy' }] }),
    );

    expect((await room.make({ asOf: start.asOf })).pdf.sha256).toBe(before.pdf.sha256);
    expect((await room.make()).events).toBe(6);
  });

  it('keeps its files for their owner alone, under names that say nothing of people', async () => {
    await room.given(event({}, ANNA));

    const { folder, attachments, pdf } = await room.make({ named: true });

    const names = readdirSync(folder);
    expect(names.sort()).toEqual([pdf.name, ...attachments.map(({ name }) => name)].sort());
    for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    for (const { name, bytes, rows, embedded } of attachments) {
      expect({ name, bytes: statSync(join(folder, name)).size, embedded }).toEqual({ name, bytes, embedded: true });
      expect(readFileSync(join(folder, name), 'utf8').match(/\r\n/g)).toHaveLength(rows + 1);
    }
  });

  it('holds no name, address or other personal field when it is pseudonymous', async () => {
    await room.given(
      event({}, ANNA),
      event({ outcome: 'failure', reason: 'denied' }, ANNA),
      event({ action: 'access.grant', actor: { kind: 'user', subject: 'sub_anna', onBehalfOf: 'sub_b' } }, ANNA),
      event({ occurredAt: '2025-12-03T10:00:00Z', secrets: [secret('kv/old')] }, ANNA),
    );

    const { attachments, folder } = await room.make();

    for (const { name } of attachments)
      expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/canary|192\.0\.2/i);
    expect(JSON.stringify(await room.facts(), printedOnly)).not.toMatch(/canary/i);
  });

  it('puts names beside the subjects when it is named, and still no address or agent', async () => {
    await room.given(event({}, ANNA), event({ outcome: 'failure' }, ANNA));

    const made = await room.make({ named: true });

    expect(made.csv('accessors.csv')[1]).toEqual(
      expect.arrayContaining(['sub_anna', ANNA.actor.name, ANNA.actor.email, ANNA.actor.nativeId]),
    );
    expect(made.csv('failed-attempts.csv')[1]).toContain(ANNA.actor.email);
    for (const { name } of made.attachments) {
      expect(readFileSync(join(made.folder, name), 'utf8')).not.toMatch(
        /CanaryAgent|192\.0\.2|canary-session|canary-cred/,
      );
    }
  });

  it('makes what a spreadsheet would run inert', async () => {
    await room.given(
      event(
        {
          secrets: [{ uid: '=cmd|calc', store: 'vault', path: 'x' }],
          environment: '+1',
          source: { kind: 'vault', instance: '@a', mapping: 1 },
        },
        { actor: { name: '=HYPERLINK("http://x")' } },
      ),
    );

    const { folder, attachments } = await room.make({ named: true });

    for (const { name } of attachments) expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/(^|,)"[=+\-@]/m);
    expect(readFileSync(join(folder, 'accesses.csv'), 'utf8')).toContain(`"'=cmd|calc"`);
  });

  it('draws records with every optional field missing, long paths and names of any script', async () => {
    const { secrets: _, occurredAt: __, ...bare } = trailEntry({ actor: { kind: 'unknown' } });
    const long = `kv/${'segment-of-a-long-path/'.repeat(22)}`.slice(0, 500);
    await room.given(
      { entry: { ...bare, recordedAt: '2026-01-09T10:00:00Z', flags: ['time_missing'] } },
      event({ action: 'secret.update', secrets: [secret(long)] }, { actor: { name: 'נועה בן־דוד' } }),
      event(
        { outcome: 'failure', secrets: [secret(long)], actor: { kind: 'user', subject: 'sub_2' } },
        { actor: { name: '渡邉さくら' } },
      ),
      event({ outcome: 'unknown', actor: { kind: 'user', subject: 'sub_3' } }, { actor: { name: 'محمد بن عبد الله' } }),
    );

    const made = await room.make({ named: true });

    expect(made.events).toBe(4);
    expect(made.pdf.pages).toBeGreaterThan(5);
  });

  it('makes a whole report of a period without events', async () => {
    await room.given();

    const made = await room.make();

    expect(made.events).toBe(0);
    expect(made.attachments.map(({ rows }) => rows)).toEqual(made.attachments.map(() => 0));
    expect(made.csv('events.csv')).toHaveLength(1);
  });
});

/** What a pseudonymous report prints of its facts: the rows' identities stay behind. */
function printedOnly(key: string, value: unknown): unknown {
  return key === 'identity' ? undefined : value;
}
