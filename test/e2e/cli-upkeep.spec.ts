import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CliService } from '../support/cli-service.js';

let service: CliService;

beforeAll(async () => {
  service = await CliService.start();
});

afterAll(async () => {
  expect(await service.stop()).toEqual([0, null]);
});

const at = (name: string): string => service.at(name);
const keytrail = (args: readonly string[]) => service.run(args);
const json = async (args: readonly string[]): Promise<unknown> => JSON.parse((await keytrail(['--json', ...args])).out);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('what an installation needs, by the command line', () => {
  it('has a report made, and can name its file', async () => {
    const { code, out } = await keytrail([
      ...['report', 'secret-activity', '--from', '2026-01-01', '--to', '2026-02-01', '--named'],
      ...['--out', at('january.pdf')],
    ]);

    expect(code).toBe(0);
    expect(out).toContain('january.pdf: ');
    expect(readFileSync(at('january.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('has no report made that it could not write', async () => {
    const before = await keytrail(['trail', '--own', '--action', 'keytrail.report_requested', '--json']);
    const { code, err } = await keytrail([
      ...['report', 'secret-activity', '--from', '2026-01-01', '--to', '2026-02-01'],
      ...['--out', at('no-such-folder/january.pdf')],
    ]);
    const after = await keytrail(['trail', '--own', '--action', 'keytrail.report_requested', '--json']);

    expect(code).toBe(1);
    expect(err).toContain('there is no such folder');
    expect(after.out).toBe(before.out);
    expect(before.out).toContain('keytrail.report_requested');
  });

  it('issues, lists and revokes keys', async () => {
    const made = await keytrail(['keys', 'issue', '--name', 'Dana', '--role', 'auditor', '--out', at('dana.key')]);
    expect(made.out).toMatch(/^key \w{10} is in /);
    expect(made.out + made.err).not.toContain('kt_');
    expect(statSync(at('dana.key')).mode & 0o777).toBe(0o600);
    const id = made.out.slice(4, 14);
    expect((await keytrail(['keys', 'revoke', id])).out).toBe(`key ${id} is revoked\n`);
    expect((await keytrail(['keys', 'list'])).out).toMatch(new RegExp(`^${id} +revoked +auditor +Dana`, 'm'));
  });

  it('rebuilds the views, and is well', async () => {
    expect((await keytrail(['rebuild'])).out).toContain('trail_events: build');
    expect((await keytrail(['rebuild', 'dead_letters'])).out).toMatch(/^dead_letters: build \d+ is in use\n$/);
    expect(await keytrail(['rebuild', 'no_view'])).toMatchObject({
      code: 2,
      err: matching(/^keytrail: REQUEST\.INVALID/),
    });
    expect(await keytrail(['doctor'])).toMatchObject({ code: 1, out: matching(/^bad +kek\.copies/m) });
    await keytrail(['kek', 'confirm-copy']);
    const { out } = await keytrail(['doctor']);
    expect(out).not.toMatch(/^(bad|unknown)/m);
    expect(out).toMatch(/^good +kek\.file: place kek in the data folder, open to others no$/m);
  });

  it('saves filters for everyone', async () => {
    const saved = await json(['filters', 'save', 'denials', '--reason', 'denied', '--not', 'source=vault', '--echoes']);
    const { id } = saved as { id: string };
    expect((await keytrail(['filters'])).out).toContain('denials');
    expect((await keytrail(['trail', '--filter', id])).out).toBe('no event matches\n');
    expect((await keytrail(['filters', 'delete', id])).code).toBe(0);
  });
});
