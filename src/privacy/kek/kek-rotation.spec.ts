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

  override put(change: StateChange): Promise<StateDocument | undefined> {
    this.power.use();
    return super.put(change);
  }
}

class CrashingFile extends KekFile {
  power = new Power(Number.POSITIVE_INFINITY);

  override async write(ring: KekRing): Promise<void> {
    this.power.use();
    await super.write(ring);
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
