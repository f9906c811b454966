import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../test/contract/temporary-folder.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { MemoryEventLog } from '../../../test/support/memory/memory-event-log.js';
import { MemoryStateStore } from '../../../test/support/memory/memory-state-store.js';
import { aCaller } from '../../../test/support/recording-room.js';
import { OutboxEvents } from '../../ingestion/outbox/outbox-events.port.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { OutboxEvent, StateChange, StateDocument } from '../../storage/state-store/state-store.port.js';
import { NewSubjectAllowance } from '../new-subject-allowance.js';
import { StateSubjectKeys } from '../state-subject-keys.js';
import type { SubjectRequest } from '../subject-keys.port.js';
import { DATA_KEYS } from '../data-key-document.js';
import { KEK_DOCUMENT } from './kek-document.js';
import { KekFile } from './kek-file.js';
import { KekRotation } from './kek-rotation.js';
import { newKek, parseKekRing, type KekRing } from './kek.js';
import { openKeyEncryption } from './open-key-encryption.js';

const NOW = '2026-11-22T12:00:00.000Z';
const PEOPLE = ['a', 'b', 'c', 'd'];
const newFolder = temporaryFolders();

class Crash extends Error {}

/** Lets so many writes through, of the state store and the key file, and then none. */
class Power {
  constructor(public left: number) {}

  use(): void {
    if (this.left <= 0) throw new Crash();
    this.left -= 1;
  }
}

class CrashingState extends MemoryStateStore {
  power = new Power(Number.POSITIVE_INFINITY);
  /** Awaited before data keys are stored. */
  hold: Promise<unknown> = Promise.resolve();
  /** Rewrapped data keys that somebody else changes first. */
  racesLost = 0;

  override put(change: StateChange): Promise<StateDocument | undefined> {
    this.power.use();
    if (change.collection !== DATA_KEYS || change.expected === 0 || this.racesLost === 0) return super.put(change);
    this.racesLost -= 1;
    return Promise.resolve(undefined);
  }

  override async createMany(documents: readonly NewDocument[]): Promise<readonly StateDocument[]> {
    if (documents.some(({ collection }) => collection === DATA_KEYS)) await this.hold;
    return super.createMany(documents);
  }
}

type NewDocument = Parameters<MemoryStateStore['createMany']>[0][number];

class CrashingFile extends KekFile {
  written = 0;
  power = new Power(Number.POSITIVE_INFINITY);

  override async write(ring: KekRing): Promise<void> {
    this.power.use();
    await super.write(ring);
    this.written += 1;
  }
}

class PlainOutbox extends OutboxEvents {
  override prepare(): Promise<OutboxEvent> {
    return Promise.resolve({ id: 'rotated' });
  }

  override notify(): void {
    // nobody to tell
  }
}

function person(nativeId: string): SubjectRequest {
  return { of: 'subject', kind: 'user', sourceKind: 'vault', instance: 'prod', nativeId, quarter: '2026-Q4' };
}

async function setup() {
  const path = join(newFolder(), 'kek');
  const state = new CrashingState();
  const file = new CrashingFile(path, false);
  const start = async () => {
    const keyEncryption = await openKeyEncryption({ file, state, log: new MemoryEventLog() }, NOW);
    const allowance = new NewSubjectAllowance(100);
    const subjects = new StateSubjectKeys(state, keyEncryption, allowance, new FixedClock(NOW), new Metrics());
    return { keyEncryption, subjects, sut: new KekRotation(keyEncryption, file, state, new PlainOutbox()) };
  };
  const first = await start();
  const keys = await first.subjects.resolve(PEOPLE.map(person));
  return { ...first, start, state, file, path, keys };
}

const bytesOf = (keys: readonly { readonly key: Uint8Array }[]) =>
  keys.map(({ key }) => Buffer.from(key).toString('hex'));

describe(KekRotation.name, () => {
  it('wraps every key anew and forgets the old one', async () => {
    const { sut, start, state, path, keys, keyEncryption } = await setup();
    const old = keyEncryption.current.id;

    const rotated = await sut.run(aCaller(), NOW);

    const [only, ...others] = parseKekRing(await readFile(path, 'utf8'));
    expect(rotated).toEqual({ from: old, to: only.id, rewrapped: PEOPLE.length });
    expect(others).toEqual([]);
    expect(state.dump()).not.toContain(old + '","wrapped');
    const restarted = await start();
    expect(bytesOf(await restarted.subjects.resolve(PEOPLE.map(person)))).toEqual(bytesOf(keys));
    expect(restarted.keyEncryption.identityKey).toEqual(keyEncryption.identityKey);
    expect((await state.get(KEK_DOCUMENT))?.outbox).toEqual([{ id: 'rotated' }]);
  });

  it('goes on after a crash at any write, with no key lost and one event', async () => {
    for (let writes = 0; ; writes += 1) {
      const { sut, start, state, file, path, keys } = await setup();
      const power = new Power(writes);
      [state.power, file.power] = [power, power];
      const finished = await sut.run(aCaller(), NOW).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Crash)) throw error;
          return false;
        },
      );
      power.left = Number.POSITIVE_INFINITY;
      if (finished) {
        expect(writes).toBeGreaterThan(PEOPLE.length + 3);
        return;
      }

      const restarted = await start();
      expect(bytesOf(await restarted.subjects.resolve(PEOPLE.map(person)))).toEqual(bytesOf(keys));
      await restarted.sut.run(aCaller(), NOW);

      expect(parseKekRing(await readFile(path, 'utf8'))).toHaveLength(1);
      expect((await state.get(KEK_DOCUMENT))?.outbox).toEqual([{ id: 'rotated' }]);
      expect(bytesOf(await (await start()).subjects.resolve(PEOPLE.map(person)))).toEqual(bytesOf(keys));
    }
  });

  it('misses no key that is made while it runs', async () => {
    const { sut, subjects, start } = await setup();
    const running = sut.run(aCaller(), NOW);
    const made = await subjects.resolve([person('late'), person('later')]);
    await running;

    const restarted = await start();

    expect(bytesOf(await restarted.subjects.resolve([person('late'), person('later')]))).toEqual(bytesOf(made));
  });

  it('waits for a key that was wrapped before it began and is stored late', async () => {
    const { sut, subjects, start, state, file, keyEncryption } = await setup();
    const old = keyEncryption.current.id;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    state.hold = promise;
    const making = subjects.resolve([person('late')]);
    await new Promise(setImmediate);

    const running = sut.run(aCaller(), NOW);
    while (file.written === 1) await new Promise(setImmediate);
    // Nothing but memory is between here and the switch, if it does not wait.
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
    expect((await state.get(KEK_DOCUMENT))?.value).toMatchObject({ kekId: old });
    resolve(undefined);
    const made = await making;
    await running;

    expect(bytesOf(await (await start()).subjects.resolve([person('late')]))).toEqual(bytesOf(made));
  });

  it('comes back for a key that another writer changed first', async () => {
    const { sut, start, state, keys } = await setup();
    state.racesLost = 2;

    await sut.run(aCaller(), NOW);

    expect(bytesOf(await (await start()).subjects.resolve(PEOPLE.map(person)))).toEqual(bytesOf(keys));
  });

  it('starts nothing where the file cannot be written', async () => {
    const { sut, file, keyEncryption } = await setup();
    file.power = new Power(0);

    await expect(sut.run(aCaller(), NOW)).rejects.toThrow(Crash);
    expect(keyEncryption.ring).toHaveLength(1);
  });

  it('keeps the key of a file that lists two', async () => {
    const { file, start, keyEncryption } = await setup();
    await file.write([keyEncryption.current, newKek(NOW)]);

    const restarted = await start();

    expect(restarted.keyEncryption.ring).toHaveLength(2);
    expect(restarted.keyEncryption.identityKey).toEqual(keyEncryption.identityKey);
  });
});
