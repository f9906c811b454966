import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awaitUntil } from '../support/await-until.js';
import { readOf as read } from '../support/a-users-record.js';
import { CliService } from '../support/cli-service.js';
import { runCli, startCli, type CliOptions } from '../support/run-cli.js';

let service: CliService;

beforeAll(async () => {
  service = await CliService.start();
});

afterAll(async () => {
  expect(await service.stop()).toEqual([0, null]);
});

const at = (name: string): string => service.at(name);
const keyFile = (): readonly string[] => service.keyFile();
const keytrail = (args: readonly string[], options?: CliOptions) => service.run(args, options);
const json = async (args: readonly string[]): Promise<unknown> => JSON.parse((await keytrail(['--json', ...args])).out);
const containing = (text: string): unknown => expect.stringContaining(text);

describe('the way to a service', () => {
  it('is the one that holds the folder, with a key', async () => {
    const without = await runCli(['--data', at('data'), 'trail']);
    expect(without).toMatchObject({ code: 3, err: containing('CLI.KEY_MISSING') });
    const wrong = await runCli(['--data', at('data'), 'trail'], { environment: { KEYTRAIL_KEY: 'kt_wrong' } });
    expect(wrong).toMatchObject({ code: 3, err: containing('ACCESS.UNAUTHENTICATED') });

    expect(await json(['keys', 'list'])).toMatchObject({ keys: [{ role: 'admin', state: 'active' }] });
  });

  it('is an address, with the key of the environment', async () => {
    const KEYTRAIL_KEY = readFileSync(at('data/bootstrap-key'), 'utf8').trim();
    const { code, out } = await runCli(['coverage', '--url', service.address], {
      environment: { KEYTRAIL_KEY },
      cwd: at('.'),
    });

    expect({ code, out }).toMatchObject({ code: 0, out: containing('no source has sent anything') });
  });

  it('is not there when nobody answers', async () => {
    const { code, err } = await runCli(['--url', 'http://127.0.0.1:1', ...keyFile(), 'trail']);

    expect({ code, err }).toMatchObject({ code: 4, err: containing('CLI.SERVICE_UNREACHABLE') });
  });

  it('does not lead to what only the host of a free folder may do', async () => {
    for (const command of [
      ['keys', 'recover', '--name', 'x'],
      ['kek', 'rotate'],
    ])
      expect(await keytrail(command)).toMatchObject({ code: 4, err: containing('STORAGE.FOLDER_IN_USE') });
  });
});

describe('the command line beside a service', () => {
  it('records a file, equal records apart, and adds nothing when it is read again', async () => {
    writeFileSync(at('app.log'), [read(1), read(1), read(2)].join('\n'));

    expect(await json(['ingest', '--source', 'generic-json', at('app.log')])).toEqual({
      read: 3,
      recorded: 3,
      duplicates: 0,
      ignored: 0,
      rejected: 0,
    });
    expect(await json(['ingest', '--source', 'generic-json', at('app.log')])).toMatchObject({
      recorded: 0,
      duplicates: 3,
    });
  });

  it('shows what matches: all of it to programs, a table to people', async () => {
    const events = (await keytrail(['trail', '--json', '--actor', 'user_1@example.com', '--oldest'])).out.trimEnd();
    expect((await keytrail(['trail', '--json', '--limit', '1'])).err).toMatch(
      /^as of 1:0=\d+, .*; there are more than the 1 shown/,
    );
    const table = await keytrail(['trail', '--secret', 'stripe*', '--limit', '2']);

    expect(events.split('\n')).toHaveLength(3);
    expect(JSON.parse(events.split('\n')[0] ?? '')).toMatchObject({
      action: 'secret.read',
      occurredAt: '2026-01-15T10:30:01Z',
      identity: { actor: { email: 'user_1@example.com' } },
    });
    expect(table.out.split('\n')[1]).toMatch(/^2026-01-15 10:30:02 +success +secret\.read +user_1@example\.com /);
    expect(table.err).toMatch(/as of 1:0=\d+, all that is recorded; there are more than the 2 shown/);
  });

  it('counts, lists and tells of one', async () => {
    const counts = await keytrail(['trail', '--counts-by', 'actor', '--json']);
    expect(counts.err).toMatch(/^1 group, 3 events, echoes not counted; as of 1:0=\d+/);
    expect(JSON.parse(counts.out)).toMatchObject({ events: 3, identity: { email: 'user_1@example.com' } });
    expect((await keytrail(['secrets'])).out).toContain('generic-json:default:production:stripe_api_key');
    expect((await keytrail(['secrets', 'stripe_api_key'])).out).toContain('3 events: 3 reads');
    const { actor } = (await json(['actor', '--limit', '1'])) as { actor: string };
    expect((await keytrail(['actor', actor])).out).toContain('3 events: 3 reads');
    expect((await keytrail(['coverage'])).out).toContain('generic-json/default');
  });

  it('keeps a place for what it does not understand, and takes it up after a correction', async () => {
    const broken = '{"timestamp":"2026-01-15T10:40:00Z","event_type":\n';
    writeFileSync(at('broken.log'), `${read(5)}\n${broken}${read(6)}\n`);
    const first = await keytrail(['ingest', '--source', 'generic-json', at('broken.log')]);
    expect(first).toMatchObject({ code: 5, out: '3 read: 2 recorded, 0 duplicates, 0 ignored, 1 rejected\n' });
    expect(first.err).toContain(`broken.log line 2, byte ${read(5).length + 1}: rejected (not_json), dead letter`);
    expect((await keytrail(['dead-letters'])).out).toContain(`broken.log line 2`);

    writeFileSync(at('broken.log'), `${read(5)}\n${read(7)}\n${read(6)}\n`);
    const args = ['--json', 'dead-letters', 'retry', '--from', at('broken.log')];
    const [retry, corrected] = [await keytrail(args), await keytrail([...args, '--corrected'])];

    expect(retry.code).toBe(5);
    expect(JSON.parse(retry.out)).toEqual({ letters: 1, found: 1, understood: 1, changed: 1, closed: 0 });
    expect(retry.err).toContain('the file is not as it was');
    expect(corrected.code).toBe(0);
    expect(JSON.parse(corrected.out)).toEqual({ letters: 1, found: 1, understood: 1, changed: 1, closed: 1 });
    expect((await keytrail(['dead-letters'])).out).toBe('no dead letters\n');
  });

  it('takes up what a corrected mapping understands, without a word of the file', async () => {
    const limited = ['keys', 'issue', '--name', 'l', '--service', '--role', 'log_writer', '--action-class', 'auth'];
    const { key } = (await json(limited)) as { key: string };
    writeFileSync(at('limited.log'), `${read(5, 'user_late')}\n`);
    const args = ['--data', at('data'), 'ingest', '--source', 'generic-json', at('limited.log')];
    expect((await runCli(args, { environment: { KEYTRAIL_KEY: key } })).out).toContain('1 rejected');

    const retry = await keytrail(['dead-letters', 'retry', '--from', at('limited.log')]);

    expect(retry).toMatchObject({
      code: 0,
      out: '1 dead letter of this file: 1 found in it again, 1 understood now, 1 closed\n',
    });
  });

  it('closes dead letters that need no more care, and says why', async () => {
    const { out } = await keytrail(['--json', 'ingest', '-s', 'generic-json', '-'], { input: '[7]' });
    expect(out).toContain('"rejected":1');
    const { id } = (await json(['dead-letters', '--reason', 'not_an_object'])) as { id: string };

    const closed = await keytrail(['dead-letters', 'close', '--reason', 'a number is no event', id]);

    expect(closed).toMatchObject({ code: 0, out: '1 closed\n' });
    expect(await json(['dead-letters', '--state', 'closed', '--reason', 'not_an_object'])).toMatchObject({ id });
  });

  it('keeps a place even for what no request can hold', async () => {
    const mebibytes = (count: number): string => `{"long":"${'x'.repeat(count * 1024 * 1024)}"}`;
    writeFileSync(at('long.log'), [read(8, 'user_long'), mebibytes(9), mebibytes(17), read(9, 'user_long')].join('\n'));
    const { code, out } = await keytrail(['ingest', '-s', 'generic-json', at('long.log')]);

    expect({ code, out }).toEqual({ code: 5, out: '4 read: 2 recorded, 0 duplicates, 0 ignored, 2 rejected\n' });
    const letters = (await keytrail(['--json', 'dead-letters', '--reason', 'too_long'])).out.trimEnd().split('\n');
    const places = letters.map(
      (line) => (JSON.parse(line) as { opened: { length: number; at: { line: number } } }).opened,
    );
    expect(places.map(({ length, at: { line } }) => [line, length]).sort()).toEqual([
      [2, mebibytes(9).length],
      [3, mebibytes(17).length],
    ]);
  });

  it('records what was readable of a broken file, and says where it broke', async () => {
    const packed = gzipSync(Array.from({ length: 3_000 }, (_, n) => read(8, `user_${n}`)).join('\n'));
    writeFileSync(at('cut.gz'), packed.subarray(0, packed.length - 100));
    const { code, out, err } = await keytrail(['ingest', '--json', '-s', 'generic-json', at('cut.gz')]);

    expect(code).toBe(5);
    expect((JSON.parse(out) as { recorded: number }).recorded).toBeGreaterThan(1_000);
    expect(err).toMatch(/CLI\.FILE_UNREADABLE: .*the gzip data ends too early, after byte \d+/);
  });

  it('exports into a file that says it is complete', async () => {
    await awaitUntil('the views', async () => {
      const { out } = await keytrail(['trail', '--json', '--actor', 'user_1']);
      return out.trimEnd().split('\n').length === 7;
    });
    const { err } = await keytrail(['export', '--format', 'csv', '--actor', 'user_1', '--out', at('events.csv')]);
    const lines = readFileSync(at('events.csv'), 'utf8').trimEnd().split('\r\n');

    expect(lines.at(-1)).toMatch(/^"export",".*""complete"":true/);
    expect(lines).toHaveLength(2 + 7);
    expect(err).toMatch(/events\.csv: 7 events as of 1:0=\d+, complete\n$/);
    expect(statSync(at('events.csv')).mode & 0o777).toBe(0o600);
  });

  it('explains records, and finds the one that an event came from', async () => {
    const explained = await keytrail(['explain', '--source', 'generic-json', at('app.log')]);
    expect(explained.out.split('\n').slice(0, 2)).toEqual([
      'line 1, byte 0: 1 event',
      expect.stringContaining('secret.read success'),
    ]);
    const [event] = (await keytrail(['trail', '--json', '--actor', 'user_1', '--oldest', '--limit', '1'])).out.split(
      '\n',
    );
    const { id } = JSON.parse(event ?? '') as { id: string };

    const match = ['explain', '--source', 'generic-json', '--match', id];
    expect(await keytrail([...match, at('app.log')])).toMatchObject({
      code: 0,
      out: containing('line 1'),
    });
    expect((await keytrail([...match, at('broken.log')])).code).toBe(6);
  });

  it('says by its exit code that a record is not understood', async () => {
    const explained = await keytrail(['explain', '--source', 'generic-json', '-'], {
      input: '{"planted":1}\n{"event_type":"login"}\n',
    });

    expect(explained).toMatchObject({
      code: 5,
      out: containing('line 1, byte 0: rejected (missing_field: event_type)'),
    });
    expect(explained.out + explained.err).not.toContain('planted');
  });

  it('prints new matches while it follows', async () => {
    const follower = startCli([
      '--data',
      at('data'),
      ...keyFile(),
      'trail',
      '--follow',
      '--json',
      '--secret',
      'followed',
    ]);
    const first = once(createInterface({ input: follower.stdout }), 'line') as Promise<[string]>;
    const line = read(9).replace('stripe_api_key', 'followed');
    const seen = first.then(() => true);
    // What was recorded before the follower began is not shown to it: so another instance each time, until one is seen.
    for (let round = 0; round < 50; round += 1) {
      const ingested = keytrail(['ingest', '-s', 'generic-json', '--instance', `round-${round}`, '-'], { input: line });
      if (await Promise.race([seen, ingested.then(() => false)])) break;
    }

    expect(JSON.parse((await first)[0])).toMatchObject({ action: 'secret.read', outcome: 'success' });
    const exited = once(follower, 'exit');
    follower.kill('SIGKILL');
    await exited;
  });
});
