import type { ConsumerStatus } from './consumer-status.js';
import type { Consumer } from './consumer.js';

const EVERY_MS = 200;

/** Passes a consumer's status on when it changes: at once, then a few times a second at most; the last one always. */
export class StatusReports {
  #wait = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #unsubscribe: () => void;

  constructor(
    private readonly consumer: Consumer,
    private readonly pass: (status: ConsumerStatus) => Promise<unknown>,
  ) {
    this.#unsubscribe = consumer.subscribe(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void this.#passOn();
      }, this.#wait);
      this.#wait = EVERY_MS;
    });
  }

  /** Passes the last status on. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    await this.#passOn();
  }

  /** A status that can't be had or passed on now is followed by another. */
  async #passOn(): Promise<void> {
    try {
      await this.pass(await this.consumer.status());
    } catch {
      // The next change tries again.
    }
  }
}
