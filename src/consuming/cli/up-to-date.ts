import type { ProgressLine } from '../../platform/cli/progress-line.js';
import type { ConsumerStatus } from '../consumer-status.js';
import type { Projector } from '../projector.port.js';

/** Milliseconds that a projector which fails again and again is waited for. */
const PATIENCE_MS = 5_000;

/**
 * Lets a command wait until the views show what is on the log now, and shows meanwhile how much is left. Where they can't be
 * brought up to date it goes on after a while, and then at once: the answers say how far behind they are.
 */
export class UpToDate {
  #gaveUp = false;

  constructor(
    private readonly projector: Projector,
    private readonly progress: ProgressLine,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async wait(): Promise<void> {
    const tired = Promise.withResolvers<undefined>();
    let timer: NodeJS.Timeout | undefined;
    const look = ({ state, lag }: ConsumerStatus): void => {
      this.progress.show(`bringing the views up to date: ${lag.events} events left`);
      if (state !== 'failing') {
        clearTimeout(timer);
        timer = undefined;
      } else {
        timer ??= setTimeout(
          () => {
            this.#gaveUp = true;
            tired.resolve(undefined);
          },
          this.#gaveUp ? 0 : this.patienceMs,
        );
      }
    };
    const stop = this.projector.subscribe(look);
    this.projector.statuses().forEach(look);
    try {
      await Promise.race([this.projector.caughtUp().then(() => (this.#gaveUp = false)), tired.promise]);
    } catch {
      // It is blocked or has stopped.
    } finally {
      stop();
      clearTimeout(timer);
      this.progress.clear();
    }
  }
}
