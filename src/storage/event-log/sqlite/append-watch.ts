const POLL_MS = 200;

/**
 * Tells listeners of appends: of this process' own at once, of other threads' and processes' by looking at the log's
 * end five times a second while anyone listens.
 */
export class AppendWatch {
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #seen = 0;

  /** `nextOffset` looks at the log; it may throw, and is asked again at the next turn. */
  constructor(private readonly nextOffset: () => number) {}

  add(listener: () => void): () => void {
    // A set of its own entries: one function given twice is two listeners.
    const entry = (): void => {
      listener();
    };
    this.#listeners.add(entry);
    this.#timer ??= this.#start();
    return () => {
      this.#listeners.delete(entry);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  /** This process has appended up to here. */
  appended(next: number): void {
    if (next <= this.#seen) return;
    this.#seen = next;
    for (const listener of this.#listeners) listener();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#listeners.clear();
  }

  #start(): NodeJS.Timeout {
    this.#seen = this.#look() ?? 0;
    const timer = setInterval(() => {
      this.appended(this.#look() ?? 0);
    }, POLL_MS);
    return timer.unref();
  }

  #look(): number | undefined {
    try {
      return this.nextOffset();
    } catch {
      return undefined;
    }
  }
}
