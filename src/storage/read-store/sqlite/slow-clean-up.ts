const PAUSE_MS = 20;

/** Repeats a small piece of work, with pauses, while it says that there is more. */
export class SlowCleanUp {
  #timer: NodeJS.Timeout | undefined;

  /** `cleanUp` may throw: it is begun again at the next `start`. */
  constructor(private readonly cleanUp: () => boolean) {}

  start(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#goesOn()) this.start();
    }, PAUSE_MS).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #goesOn(): boolean {
    try {
      return this.cleanUp();
    } catch {
      return false;
    }
  }
}
