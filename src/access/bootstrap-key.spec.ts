import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { MemoryStateStore } from '../../test/support/memory/memory-state-store.js';
import { FakeOutboxEvents, FakeSubjectKeys, Recorded } from '../../test/support/http-rooms.js';
import { readConfig } from '../config/read-config.js';
import type { LogEventName } from '../platform/logging/log-events.js';
import { Logger } from '../platform/logging/logger.js';
import { BootstrapKey } from './bootstrap-key.js';
import { HostAccess } from './host-access.js';
import { KeyDirectory } from './key-directory.js';
import { KeyMaker } from './key-maker.js';
import { KeyRings } from './key-rings.js';
import { SealedNames } from './sealed-names.js';

const GIVEN = 'kt_AbCdEfGhIj_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG3RpfUT';
const OTHER = 'kt_9zZ8yY7xX6_ZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZzZz93lYWe5';
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function setup({ given, state = new MemoryStateStore() }: { given?: string; state?: MemoryStateStore } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'keytrail-bootstrap-'));
  folders.push(folder);
  const file = join(folder, 'given');
  if (given !== undefined) writeFileSync(file, given);
  const settings = { KEYTRAIL_DATA: folder, ...(given !== undefined && { KEYTRAIL_BOOTSTRAP_KEY_FILE: file }) };
  const logged: LogEventName[] = [];
  class ListLogger extends Logger {
    override event(name: LogEventName): void {
      logged.push(name);
    }
  }
  const clock = new FixedClock('2026-11-22T12:00:00.000Z');
  const recorded = new Recorded();
  const names = new SealedNames(new FakeSubjectKeys(), clock);
  const directory = new KeyDirectory();
  const logger = new ListLogger();
  const rings = new KeyRings(state, new FakeOutboxEvents(recorded), names, directory, clock, logger);
  const maker = new KeyMaker(names, clock);
  const sut = new BootstrapKey(readConfig(settings).config, rings, maker, new HostAccess(), clock, logger);
  const admits = (text: string) => 'principal' in directory.judge(text, clock.now());
  return { sut, state, folder, logged, recorded, rings, admits };
}

describe(BootstrapKey.name, () => {
  it('shows the key on a terminal and writes it nowhere', async () => {
    const { sut, folder, admits, recorded, logged } = setup();
    let shown = '';

    expect(await sut.ensure((text) => (shown += text))).toBe('terminal');

    expect(admits(/kt_\w+/.exec(shown)?.[0] ?? '')).toBe(true);
    expect(existsSync(join(folder, 'bootstrap-key'))).toBe(false);
    expect(recorded.own.map(({ action }) => action)).toEqual(['keytrail.key_bootstrapped']);
    expect(logged).toContain('access.bootstrapped');
  });

  it('writes a file where there is no terminal, once', async () => {
    const { sut, folder, admits } = setup();

    expect(await sut.ensure()).toBe('file');
    expect(await sut.ensure()).toBe(false);

    expect(admits(readFileSync(join(folder, 'bootstrap-key'), 'utf8').trim())).toBe(true);
  });

  it('uses the key in the file that a start left behind which ended before the ring was written', async () => {
    const { sut, folder, admits } = setup();
    writeFileSync(join(folder, 'bootstrap-key'), `${OTHER}\n`);

    expect(await sut.ensure()).toBe('file');

    expect(admits(OTHER)).toBe(true);
  });

  it('takes the key it is given, and shows it to nobody', async () => {
    const { sut, admits } = setup({ given: `${GIVEN}\n` });
    let shown = '';

    expect(await sut.ensure((text) => (shown += text))).toBe('given');

    expect(admits(GIVEN)).toBe(true);
    expect(shown).toBe('');
  });

  it.each(['', 'no key', `${GIVEN.slice(0, -1)}U`])('refuses to start with a file that holds no key', async (given) => {
    await expect(setup({ given }).sut.ensure()).rejects.toMatchObject({
      code: 'CONFIG.INVALID',
      facts: { errors: [expect.stringContaining('KEYTRAIL_BOOTSTRAP_KEY_FILE')] },
    });
  });

  it('says that another key than the first has no effect', async () => {
    const { sut, state } = setup({ given: GIVEN });
    await sut.ensure();
    const later = setup({ given: OTHER, state });
    const same = setup({ given: GIVEN, state });

    expect(await later.sut.ensure()).toBe(false);
    await same.sut.ensure();

    expect(later.admits(OTHER)).toBe(false);
    expect(later.logged).toContain('access.bootstrap_drift');
    expect(same.logged).not.toContain('access.bootstrap_drift');
  });

  it('makes one key when many processes start at once', async () => {
    const state = new MemoryStateStore();
    const starts = Array.from({ length: 20 }, () => setup({ state }));

    const results = await Promise.all(starts.map(({ sut }) => sut.ensure()));

    expect(results.filter((result) => result === 'file')).toHaveLength(1);
    expect((await starts[0]?.rings.read())?.keys).toHaveLength(1);
    const left = starts.filter(({ folder }) => existsSync(join(folder, 'bootstrap-key')));
    expect(left).toHaveLength(1);
  });
});
