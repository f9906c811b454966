import { describe, expect, it } from '@jest/globals';
import { MemoryStateStore } from '../../../test/support/memory/memory-state-store.js';
import { KeytrailError } from '../../domain/errors.js';
import { PartitionSharing } from './partition-sharing.js';

/** Replicas on one state store, and a time that the spec lets pass. */
function setup() {
  const state = new MemoryStateStore();
  let now = 0;
  const replica = (me: string) =>
    new PartitionSharing(
      state,
      { name: 'projector', me, version: '1.0.0', partitions: 4, beatMs: 1_000, deadMs: 6_000 },
      () => now,
    );
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { state, replica, pass };
}

async function inTurn(times: number, ...replicas: readonly PartitionSharing[]): Promise<void> {
  for (let time = 0; time < times; time += 1) for (const one of replicas) await one.beat();
}

const held = (...replicas: readonly PartitionSharing[]) => replicas.map((one) => [...one.held.keys()]);

describe(PartitionSharing.name, () => {
  it('shares between those who are there', async () => {
    const { replica } = setup();
    const [a, b] = [replica('a'), replica('b')];

    await inTurn(3, a, b);

    expect(held(a, b)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('takes over from who gives no sign of life', async () => {
    const { replica, pass } = setup();
    const [a, b] = [replica('a'), replica('b')];
    await inTurn(3, a, b);

    for (let second = 0; second < 5; second += 1) {
      pass(1_000);
      await b.beat();
    }
    expect(held(b)).toEqual([[2, 3]]);
    pass(1_000);
    await b.beat();

    expect(held(b)).toEqual([[0, 1, 2, 3]]);
  });

  it('holds nothing any more when it could not give a sign of life, before others take over', async () => {
    const { replica, pass, state } = setup();
    const a = replica('a');
    await a.beat();
    state.get = () => Promise.reject(new KeytrailError('STORAGE.UNAVAILABLE', { store: 'state' }));
    pass(5_999);
    await expect(a.beat()).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
    expect(held(a)).toEqual([[0, 1, 2, 3]]);

    pass(1);

    expect(held(a)).toEqual([[]]);
  });

  it('a zombie that comes back lets go of what was taken from it', async () => {
    const { replica, pass } = setup();
    const [a, b] = [replica('a'), replica('b')];
    await inTurn(3, a, b);
    for (let second = 0; second < 7; second += 1) {
      pass(1_000);
      await b.beat();
    }

    await a.beat();

    expect(held(a, b)).toEqual([[], [0, 1, 2, 3]]);
  });

  it('tells listeners, and leaves everything to others at its stop', async () => {
    const { replica } = setup();
    const [a, b] = [replica('a'), replica('b')];
    let told = 0;
    a.subscribe(() => {
      told += 1;
    });
    await inTurn(3, a, b);
    expect(told).toBe(2);

    await a.stop();
    await b.beat();

    expect(told).toBe(3);
    expect(held(a, b)).toEqual([[], [0, 1, 2, 3]]);
  });
});
