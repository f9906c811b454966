import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { canonicalJson, type JsonObject } from '../../src/domain/canonical-json.js';
import { KEYTRAIL_VERSION } from '../../src/platform/version.js';
import type { ReportRun } from '../../src/reporting/domain/report-run.js';
import type { ReportTask } from '../../src/reporting/domain/report-task.js';
import { makeReport } from '../../src/reporting/making/make-report.js';
import { openViewQueries } from '../../src/storage/open-view-queries.js';
import type { PresentedEvent } from '../../src/trail/domain/presented-event.js';
import type { Answer } from '../../src/trail/queries/asking/asked.js';
import type { DeadLettersAnswer } from '../../src/trail/queries/list-dead-letters/list-dead-letters.query.js';
import { awaitUntil } from '../support/await-until.js';
import { KeptFolder, RECORDS, sha256, type KeptDelivery } from '../support/kept-folder.js';
import { runCli } from '../support/run-cli.js';
import { RunningService } from '../support/running-service.js';

const HEAD = 'Dana Levi';
/** No answer to a recorded request can come any more, even to a folder that was written just now. */
const SETTINGS = { KEYTRAIL_SOURCES_FILE: join(RECORDS, 'sources.yaml'), KEYTRAIL_EXCHANGE_WAIT_MS: '1' };

const SAME = 'the same file';
const CHANGED = 'another file from the same run and version: see "Data folders of earlier versions" in CONTRIBUTING.md';

/** Each test goes on where the one before ended: a folder is opened, read, written to, and lives on. */
describe.each(KeptFolder.versions())('a data folder that Keytrail %s wrote', (version) => {
  const folder = new KeptFolder(version);
  const { expected } = folder;
  /** Everybody in the records has a data key for the quarter that they are of. */
  const dataKeys = folder.dataKeys('2026-Q2');
  let service: RunningService;

  const keytrail = (args: readonly string[], key?: string) =>
    runCli(['--data', folder.data, '--json', ...args], {
      cwd: RECORDS,
      environment: { ...SETTINGS, ...(key !== undefined && { KEYTRAIL_KEY: key }) },
    });
  const ask = <Answer>(path: string, key = folder.keyOf(HEAD)) => service.json<Answer>(path, { key });
  const shown = async (path: string): Promise<readonly PresentedEvent[]> =>
    (await ask<{ events: readonly PresentedEvent[] }>(path)).events;

  afterAll(async () => {
    await service.dispose();
    folder.dispose();
  });

  it('is kept as it was written, without a secret or a name', () => {
    expect(folder.log()).toEqual(expected.log);

    const files = ['events.sqlite', 'state.sqlite'].map((name) => readFileSync(join(folder.data, name)));
    const found = expected.canaries.filter((canary) => files.some((bytes) => bytes.includes(canary)));
    expect(found).toEqual([]);
  });

  it('is opened by the command line, and its identities with it', async () => {
    const { code, out, err } = await keytrail(['trail', '--own']);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as PresentedEvent);

    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^as of 1:0=\d+, all that is recorded\n$/) });
    const old = events.filter(({ position }) => position.offset < expected.log.length).map(whatIsExpected);
    expect(old.toSorted(byPosition)).toEqual(expected.events.toSorted(byPosition));
  });

  it('is opened by the service, and its entries are answered as they were written', async () => {
    service = await RunningService.start({ folder: folder.data, environment: SETTINGS });
    await awaitUntil('the views', async () => (await ask<Answer>('/v1/events')).lag.events < 5);

    const events = await shown('/v1/events?own=true&order=asc&limit=1000');
    const old = events.filter(({ position }) => position.offset < expected.log.length);

    expect(old.map(({ id }) => id)).toEqual(expected.events.map(({ id }) => id));
    const entries = old.map(({ position, identity: _, ...entry }) => ({
      position: position.offset,
      sha256: sha256(canonicalJson(entry as unknown as JsonObject)),
    }));
    expect(entries).toEqual(
      old.map(({ position: { offset } }) => ({ position: offset, sha256: expected.log[offset]?.entry })),
    );
  });

  it.each(expected.answers.map(({ path, answer }) => [path, answer] as const))('answers %s', async (path, answer) => {
    expect(await ask(path)).toMatchObject(answer);
  });

  it.each(expected.keys.map((key) => [key.name, key] as const))('knows the key of %s', async (_name, key) => {
    for (const [door, status] of Object.entries(key.doors))
      expect({ door, status: (await service.fetch(door, { key: key.text })).status }).toEqual({ door, status });
    if (key.doors['/v1/events?limit=1'] !== 200) return;
    const { events } = await ask<{ events: readonly PresentedEvent[] }>('/v1/events?limit=1', key.text);
    expect(events[0]?.identity !== undefined).toBe(key.identities);
  });

  it('gives out the files of its reports', async () => {
    for (const { id, attachments = [] } of folder.documents('reports') as readonly ReportRun[])
      for (const { name, sha256: digest } of attachments) {
        const answer = await service.fetch(`/v1/reports/${id}/attachments/${name}`, { key: folder.keyOf(HEAD) });
        expect({ name, sha256: sha256(Buffer.from(await answer.arrayBuffer())) }).toEqual({ name, sha256: digest });
      }
  });

  it('makes its reports again, and the very same file while the version is the same', async () => {
    for (const run of folder.documents('reports') as readonly ReportRun[]) {
      const { pdf, attachments, events } = run;
      const made = await renderAgain(run, folder.data);

      expect(made.events).toBe(events);
      if (run.start?.version !== KEYTRAIL_VERSION) continue; // what is drawn may change with a version
      const { zlib, arch } = expected.made; // what is drawn is packed, and each packs in its own way
      const packed = process.versions.zlib === zlib && process.arch === arch;
      const same = isDeepStrictEqual(made.attachments, attachments) && made.pdf.pages === pdf?.pages;
      expect(same && (!packed || made.pdf.sha256 === pdf.sha256) ? SAME : CHANGED).toBe(SAME);
    }
  });

  it('knows every record again, and tells of nothing but that it came', async () => {
    const end = folder.log().length;
    for (const delivery of expected.deliveries.filter(({ by }) => by !== undefined)) {
      const { code, out } = await keytrail(ingest(delivery), folder.keyOf(delivery.by));
      expect({ file: delivery.file, code, counts: JSON.parse(out) as object }).toEqual({
        file: delivery.file,
        code: delivery.code,
        counts: delivery.again,
      });
    }
    const { source, file, idempotencyKey } = expected.posted;
    const posted = await service.json(`/v1/sources/${source}/records`, {
      method: 'POST',
      key: folder.keyOf('shipper'),
      headers: { 'idempotency-key': idempotencyKey },
      body: readFileSync(join(RECORDS, file)),
    });

    expect(posted).toMatchObject({ read: 1, recorded: 0, duplicates: 1 });
    const added = folder.entriesFrom(end).map(({ action }) => action);
    expect(new Set(added)).toEqual(new Set(['trail.ingested']));
    const path = '/v1/dead-letters?state=all';
    const letters = expected.answers.find((answer) => answer.path === path)?.answer as DeadLettersAnswer;
    await awaitUntil('the views', async () => (await ask<Answer>('/v1/events')).lag.events < 5);
    expect((await ask<DeadLettersAnswer>(path)).deadLetters.map(({ id }) => id).sort()).toEqual(
      letters.deadLetters.map(({ id }) => id).sort(),
    );
  });

  it('takes new events, of the people that it knows', async () => {
    const [known] = await shown('/v1/events?source=keytrail&actor=dana@example.org');
    const event = {
      ...{
        id: 'new',
        action: 'secret.read',
        outcome: 'success',
        occurredAt: '2026-04-30T10:00:00Z',
        instance: 'portal',
      },
      actor: { kind: 'user', id: 'user_79', name: 'Dana Levi' },
      secrets: [{ store: 'portal', path: 'mailboxes/shared' }],
    };
    const end = folder.log().length;
    const { items } = await service.json<{ items: readonly { positions: readonly { offset: number }[] }[] }>(
      '/v1/events',
      { method: 'POST', key: folder.keyOf('shipper'), body: JSON.stringify(event) },
    );

    expect(items[0]?.positions[0]?.offset).toBe(end);
    expect(folder.dataKeys('2026-Q2')).toEqual(dataKeys);
    expect(known?.actor.subject).toMatch(/^sub_/);
    expect(folder.entriesFrom(end)[0]?.actor.subject).toBe(known?.actor.subject);
  });

  it('gets another key-encryption key, and is opened by it', async () => {
    expect(await service.stop()).toBe(0);
    expect(await keytrail(['kek', 'rotate'])).toMatchObject({ code: 0, err: '' });

    for (const delivery of expected.deliveries.filter(({ by }) => by === undefined)) {
      const { out } = await keytrail(ingest(delivery));
      expect({ file: delivery.file, counts: JSON.parse(out) as object }).toEqual({
        file: delivery.file,
        counts: delivery.again,
      });
    }
    rmSync(join(folder.data, 'read.sqlite'));
    const { out } = await keytrail(['trail', '--actor', 'dana@example.org']);
    expect(out).toContain('דנה לוי');
  });

  it('still has every byte that it had', () => {
    expect(folder.log().slice(0, expected.log.length)).toEqual(expected.log);
  });
});

function ingest({ source, instance, file }: KeptDelivery): readonly string[] {
  return ['ingest', '--source', source, ...(instance === undefined ? [] : ['--instance', instance]), file];
}

function whatIsExpected({ position, id, action, outcome, secrets, identity }: PresentedEvent): object {
  return {
    ...{ position: position.offset, id, action, outcome, identity },
    ...(secrets && { secrets: secrets.map(({ uid }) => uid) }),
  };
}

function byPosition(one: object, other: object): number {
  return (one as { position: number }).position - (other as { position: number }).position;
}

async function renderAgain(run: ReportRun, data: string): ReturnType<typeof makeReport> {
  const place = mkdtempSync(join(tmpdir(), 'keytrail-again-'));
  const views = openViewQueries(data, 30_000);
  try {
    const task = { run: run as ReportTask['run'], exchangeWait: 60_000, silence: 24 * 3_600_000 };
    return await makeReport(task, views, place, () => undefined);
  } finally {
    await views.close();
    rmSync(place, { recursive: true, force: true });
  }
}
