import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { MemoryEventLog } from '../../test/support/memory/memory-event-log.js';
import { MemoryStateStore } from '../../test/support/memory/memory-state-store.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { KekFile } from './kek/kek-file.js';
import { openKeyEncryption } from './kek/open-key-encryption.js';
import { NewSubjectAllowance } from './new-subject-allowance.js';
import { StateSubjectKeys } from './state-subject-keys.js';
import type { SubjectRequest } from './subject-keys.port.js';

const NOW = '2026-11-22T12:00:00.000Z';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keytrail-subjects-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function setup(perHour = 100) {
  const state = new MemoryStateStore();
  const clock = new FixedClock(NOW);
  const file = KekFile.in(folder, undefined);
  const start = async () =>
    new StateSubjectKeys(
      state,
      await openKeyEncryption({ file, state, log: new MemoryEventLog() }, NOW),
      new NewSubjectAllowance(perHour),
      clock,
      new Metrics(),
    );
  return { sut: await start(), start, state, clock };
}

function alice(other: Partial<Extract<SubjectRequest, { of: 'subject' }>> = {}): SubjectRequest {
  return {
    of: 'subject',
    kind: 'user',
    sourceKind: 'vault',
    instance: 'prod',
    nativeId: 'alice.canary@example.com',
    quarter: '2026-Q4',
    ...other,
  };
}

describe(StateSubjectKeys.name, () => {
  it('knows one person by one subject and one key a quarter, after a restart too', async () => {
    const { sut, start } = await setup();

    const [first, again] = await sut.resolve([alice(), alice()]);
    const [restarted] = await (await start()).resolve([alice()]);

    expect(first?.subject).toMatch(/^sub_[0-9a-z]{20}$/);
    expect(first?.key).toHaveLength(32);
    expect(again).toEqual(first);
    expect({ ...restarted, key: Buffer.from(restarted?.key ?? []) }).toEqual({
      ...first,
      key: Buffer.from(first?.key ?? []),
    });
  });

  it('counts nobody as new who is known since before a restart', async () => {
    const { sut, start } = await setup(2);
    await sut.resolve([alice()]);

    const restarted = await start();
    const [, bob, carol] = await restarted.resolve(['alice.canary@example.com', 'bob', 'carol'].map((nativeId) => alice({ nativeId }))); // prettier-ignore

    expect([bob?.subject, carol?.subject]).not.toContain(undefined);
  });

  it('keeps a person over the quarters, but not the key', async () => {
    const { sut } = await setup();

    const [fourth, first] = await sut.resolve([alice(), alice({ quarter: '2027-Q1' })]);

    expect(first?.subject).toBe(fourth?.subject);
    expect(first?.keyId).not.toBe(fourth?.keyId);
    expect(first?.key).not.toEqual(fourth?.key);
  });

  it.each([{ kind: 'service' } as const, { sourceKind: 'aws-cloudtrail' }, { instance: 'test' }, { nativeId: 'bob' }])(
    'takes %j for someone else',
    async (other) => {
      const { sut } = await setup();

      const [one, two] = await sut.resolve([alice(), alice(other)]);

      expect(two?.subject).not.toBe(one?.subject);
    },
  );

  it('has one key a day for nobody', async () => {
    const { sut } = await setup();

    const [today, tomorrow] = await sut.resolve([
      { of: 'day', date: '2026-11-22' },
      { of: 'day', date: '2026-11-23' },
    ]);

    expect(today).not.toHaveProperty('subject');
    expect(today?.keyId).toBe('day.2026-11-22');
    expect(tomorrow?.key).not.toEqual(today?.key);
  });

  it("uses the winner's subject and key where two are first at once", async () => {
    const { sut, start } = await setup();
    const other = await start();

    const [[mine], [theirs]] = await Promise.all([sut.resolve([alice()]), other.resolve([alice()])]);

    expect(theirs?.subject).toBe(mine?.subject);
    expect(Buffer.from(theirs?.key ?? [])).toEqual(Buffer.from(mine?.key ?? []));
  });

  it('opens keys by id, each with its subject, and tells which are gone', async () => {
    const { sut, start, state } = await setup();
    const keys = await sut.resolve([alice(), alice({ nativeId: 'bob' })]);
    const ids = [...keys.map(({ keyId }) => keyId), 'never.2026-Q4'];
    await state.put({ collection: 'data-keys', id: ids[1] ?? '', expected: 1, value: null });

    const opened = await (await start()).open(ids);

    expect(opened.map((key) => key?.subject)).toEqual([keys[0]?.subject, undefined, undefined]);
    expect(Buffer.from(opened[0]?.key ?? [])).toEqual(Buffer.from(keys[0]?.key ?? []));
  });

  it('refuses a flood of new subjects until the next hour, and none that is known', async () => {
    const { sut, clock } = await setup(2);
    await sut.resolve([alice(), alice({ nativeId: 'bob' })]);

    await expect(sut.resolve([alice({ nativeId: 'carol' })])).rejects.toEqual(
      expect.objectContaining({ code: 'PRIVACY.TOO_MANY_SUBJECTS', facts: { limit: 2, retryAfter: 3600 } }),
    );
    await expect(sut.resolve([alice()])).resolves.toHaveLength(1);
    clock.set('2026-11-22T13:00:00.000Z');
    await expect(sut.resolve([alice({ nativeId: 'carol' })])).resolves.toHaveLength(1);
  });

  it('keeps nothing personal and no open key in the state store', async () => {
    const { sut, state } = await setup();

    const [key] = await sut.resolve([alice()]);

    expect(state.dump()).not.toMatch(/canary|alice|prod/);
    expect(state.dump()).not.toContain(Buffer.from(key?.key ?? []).toString('base64url'));
  });
});
