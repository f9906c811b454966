import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { MemoryStateStore } from '../../test/support/memory/memory-state-store.js';
import { KeytrailError } from '../domain/errors.js';
import { PinoLogger } from '../platform/logging/pino-logger.js';
import { Outage } from './committing/outage.js';
import { SignOfLife } from './sign-of-life.js';

const NOON = '2026-11-22T12:00:00.000Z';

/** Starts of one service, one after the other. */
function setup() {
  const state = new MemoryStateStore();
  const clock = new FixedClock(NOON);
  const start = async (time: string) => {
    clock.set(time);
    const outage = new Outage();
    const sut = new SignOfLife(
      state,
      outage,
      clock,
      new PinoLogger({ level: 'error', destination: new PassThrough() }),
    );
    await sut.begin();
    const told = () => {
      const interruptions = outage.due(clock.now().getTime());
      outage.told(interruptions, clock.now().getTime());
      return interruptions;
    };
    return { sut, told };
  };
  return { state, clock, start };
}

describe(SignOfLife.name, () => {
  it('tells nothing at the first start', async () => {
    const { start } = setup();

    const { sut, told } = await start(NOON);
    await sut.onApplicationShutdown();

    expect(told()).toEqual([]);
  });

  it('tells since when the service did not run', async () => {
    const { clock, start } = setup();
    const first = await start(NOON);
    clock.set('2026-11-22T13:00:00.000Z');
    await first.sut.onApplicationShutdown();

    const second = await start('2026-11-24T08:00:00.000Z');
    await second.sut.onApplicationShutdown();

    expect(second.told()).toEqual([
      { from: '2026-11-22T13:00:00.000Z', to: '2026-11-24T08:00:00.000Z', refused: 0, cause: 'down' },
    ]);
  });

  it('tells it after a kill too, from the last sign of life on', async () => {
    const { start } = setup();
    await start(NOON);

    const second = await start('2026-11-22T12:10:00.000Z');

    expect(second.told()).toMatchObject([{ from: NOON, cause: 'down' }]);
    await second.sut.onApplicationShutdown();
  });

  it('tells it again after a kill, where no commit had told it', async () => {
    const { start } = setup();
    await start(NOON);
    const second = await start('2026-11-22T13:00:00.000Z');
    await second.sut.onApplicationShutdown();

    const third = await start('2026-11-22T14:00:00.000Z');

    expect(third.told()).toMatchObject([{ from: NOON, to: '2026-11-22T14:00:00.000Z', cause: 'down' }]);
    await third.sut.onApplicationShutdown();
    expect((await start('2026-11-22T14:00:10.000Z')).told()).toEqual([]);
  });

  it('tells nothing of a restart, nor of a clock that was set back', async () => {
    const { start } = setup();
    await (await start(NOON)).sut.onApplicationShutdown();

    const restarted = await start('2026-11-22T12:00:20.000Z');
    await restarted.sut.onApplicationShutdown();
    const earlier = await start('2026-11-22T11:00:00.000Z');
    await earlier.sut.onApplicationShutdown();

    expect([restarted.told(), earlier.told()]).toEqual([[], []]);
  });

  it('does not hold up a start while the state store does not answer', async () => {
    const { state, start } = setup();
    state.get = () => Promise.reject(new KeytrailError('STORAGE.UNAVAILABLE', { store: 'state' }));

    const { sut, told } = await start(NOON);
    await sut.onApplicationShutdown();

    expect(told()).toEqual([]);
  });
});
