import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { LogEventName } from './logging/log-events.js';
import { Logger } from './logging/logger.js';
import { ECHO_MS, stopOnSignal } from './stop-on-signal.js';

function setup(stop: () => Promise<void>, wait = 10_000, now?: () => number) {
  const signals = new EventEmitter();
  const logged: [LogEventName, object][] = [];
  class ListLogger extends Logger {
    override event(name: LogEventName, fields: object): void {
      logged.push([name, fields]);
    }
  }
  const exits: number[] = [];
  const exited = new Promise<void>((resolve) => {
    const exit = (code: number) => {
      exits.push(code);
      resolve();
    };
    stopOnSignal(signals, { stop, wait, logger: new ListLogger(), exit, ...(now && { now }) });
  });
  return { signals, logged, exits, exited };
}

describe(stopOnSignal.name, () => {
  it('exits with 0 after a clean stop', async () => {
    const { signals, exits, exited, logged } = setup(() => Promise.resolve());

    signals.emit('SIGTERM', 'SIGTERM');
    await exited;

    expect(exits).toEqual([0]);
    expect(logged).toEqual([
      ['service.stopping', { signal: 'SIGTERM' }],
      ['service.stopped', expect.objectContaining({ clean: true })],
    ]);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('x'))],
    ['takes too long', () => new Promise<void>(() => undefined)],
  ])('exits with 1 after a stop that %s', async (_how, stop) => {
    const { signals, exits, exited } = setup(stop, 5);

    signals.emit('SIGINT', 'SIGINT');
    await exited;

    expect(exits).toEqual([1]);
  });

  it('exits at once at the second signal, but not at the echo of the first', () => {
    let now = 5_000;
    const { signals, exits } = setup(
      () => new Promise<void>(() => undefined),
      50,
      () => now,
    );

    signals.emit('SIGINT', 'SIGINT');
    signals.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([]);
    now += ECHO_MS + 1;
    signals.emit('SIGINT', 'SIGINT');

    expect(exits).toEqual([1]);
  });
});
