import { describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../domain/errors.js';
import { ProgressLine } from '../../platform/cli/progress-line.js';
import type { ConsumerState, ConsumerStatus } from '../consumer-status.js';
import { Projector } from '../projector.port.js';
import { UpToDate } from './up-to-date.js';

/** A projector that does as the test says. */
class ToldProjector extends Projector {
  #listener: ((status: ConsumerStatus) => void) | undefined;
  #caughtUp = Promise.withResolvers<undefined>();
  state: ConsumerState = 'running';

  tell(state: ConsumerState): void {
    this.state = state;
    for (const status of this.statuses()) this.#listener?.(status);
  }

  end(error?: Error): void {
    if (error) this.#caughtUp.reject(error);
    else this.#caughtUp.resolve(undefined);
    this.#caughtUp = Promise.withResolvers();
  }

  override statuses(): readonly ConsumerStatus[] {
    const nothing = { consumed: 0, failures: 0, restarts: 0, blocked: [], views: [] };
    return [{ name: 'told', state: this.state, lag: { events: 1, seconds: 1 }, ...nothing }];
  }

  override subscribe(listener: (status: ConsumerStatus) => void): () => void {
    this.#listener = listener;
    return () => (this.#listener = undefined);
  }

  override async caughtUp(): Promise<void> {
    await this.#caughtUp.promise;
  }

  override rebuild(): Promise<void> {
    return Promise.resolve();
  }
}

function setup(patienceMs: number): { projector: ToldProjector; sut: UpToDate } {
  const projector = new ToldProjector();
  return { projector, sut: new UpToDate(projector, new ProgressLine({ write: () => true }), patienceMs) };
}

describe(UpToDate.name, () => {
  it('waits until everything is shown, failures that pass included', async () => {
    const { projector, sut } = setup(60_000);
    const waiting = sut.wait().then(() => 'done');
    projector.tell('failing');
    projector.tell('running');
    projector.end();
    expect(await waiting).toBe('done');
  });

  it('goes on when the projector gave up', async () => {
    const { projector, sut } = setup(60_000);
    const waiting = sut.wait().then(() => 'done');
    projector.end(new KeytrailError('TRAIL.NOT_READY'));
    expect(await waiting).toBe('done');
  });

  it('goes on after a while when the views can not be written, and from then on at once', async () => {
    const { projector, sut } = setup(1_000);
    projector.tell('failing');

    await sut.wait();
    const began = performance.now();
    await sut.wait();

    expect(performance.now() - began).toBeLessThan(500);
  });
});
