import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOf as read } from '../support/a-users-record.js';
import { runCli, type CliOptions } from '../support/run-cli.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keytrail-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const keytrail = (args: readonly string[], options?: CliOptions) =>
  runCli(['--data', join(folder, 'data'), ...args], options);

describe('the command line on a folder that nobody holds', () => {
  it('makes no folder but to record into it', async () => {
    const { code, err } = await keytrail(['trail']);

    expect({ code, missing: err.includes('CLI.NO_DATA_FOLDER') }).toEqual({ code: 6, missing: true });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('records standard input in any form, compressed too, as the user of this host', async () => {
    const input = gzipSync(`[\n${read(3)},\n${read(4)}\n]`);
    const { code, out } = await keytrail(['ingest', '--json', '-s', 'generic-json', '-'], { input });

    expect({ code, out }).toEqual({
      code: 0,
      out: '{"read":2,"recorded":2,"duplicates":0,"ignored":0,"rejected":0}\n',
    });
  });

  it('brings the views up to date before it answers', async () => {
    const { code, out, err } = await keytrail(['trail', '--json']);

    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toBe('as of 1:0=3, all that is recorded\n');
  });

  it('records what a corrected mapping changes beside the old event', async () => {
    const format = (mapping: number, action: string): string =>
      `generic-json: { formats: [{ kind: payroll, mapping: ${mapping}, fields: { occurredAt: at, secret: what }, actions: [{ action: ${action} }] }] }`;
    const sources = join(folder, 'sources.yaml');
    const ingest = (...more: readonly string[]) =>
      keytrail(['ingest', '-s', 'payroll', ...more, '-'], {
        input: '[{"at":"2026-01-01T10:00:00Z","what":"salaries"}, 1]',
        environment: { KEYTRAIL_SOURCES_FILE: sources },
      });

    writeFileSync(sources, format(1, 'secret.list'));
    expect((await ingest()).out).toContain('1 recorded');
    writeFileSync(sources, format(2, 'secret.read'));
    expect(await ingest()).toMatchObject({
      out: expect.stringContaining('1 duplicates') as unknown,
      err: expect.stringContaining('1 duplicate is understood otherwise') as unknown,
    });
    expect(await ingest('--supersede', '--reason', 'wrong verb')).toMatchObject({
      out: expect.stringContaining('1 recorded') as unknown,
      err: expect.stringContaining('1 record gives no event by the present mapping') as unknown,
    });

    expect((await keytrail(['trail', '--json', '--secret', 'salaries'])).out).toMatch(
      /^[^\n]*"action":"secret.read"[^\n]*\n$/,
    );
  });

  it('shows both acts that came under one id, and names the later one', async () => {
    const event = { id: 'used twice', action: 'auth.login', outcome: 'success', actor: { kind: 'unknown' } };
    for (const day of ['03', '13']) {
      const input = JSON.stringify({ ...event, occurredAt: `2026-01-${day}T10:00:00Z` });
      expect((await keytrail(['ingest', '-s', 'keytrail', '-'], { input })).out).toContain('1 recorded');
    }

    const { out } = await keytrail(['coverage', '--source', 'keytrail']);

    expect(out).toContain('1 event came under an id that another act had before');
    expect(out).toMatch(/[0-9a-f-]{36} at 1\.0\.\d+ came under an id that the act at 1\.0\.\d+ had before\./);
    const { out: shown } = await keytrail(['trail', '--source', 'keytrail', '--action', 'auth.login', '--json']);
    expect(shown.trimEnd().split('\n')).toHaveLength(2);
  });

  it('does what no key may do', async () => {
    expect((await keytrail(['kek', 'rotate'])).out).toMatch(
      /^kek_\w+ is replaced by kek_\w+; \d+ data keys wrapped anew$/m,
    );
    expect((await keytrail(['keys', 'recover', '--name', 'Eli'])).out).toMatch(/^ {2}kt_\w+$/m);
  });

  it('answers wrong usage in two lines', async () => {
    for (const args of [
      ['ingest'],
      ['trail', '--from', 'soon'],
      ['nothing'],
      ['trail', '--follow'],
      ['filters', 'save'],
    ]) {
      const { code, err } = await keytrail(args);
      expect({ args, code, lines: err.trimEnd().split('\n').length }).toEqual({ args, code: 2, lines: 2 });
    }
    const { code, err } = await keytrail(['ingest', '-s', 'vault', join(folder, 'missing.log')]);
    expect({ code, told: err.includes('there is no such file') }).toEqual({ code: 1, told: true });
  });
});
