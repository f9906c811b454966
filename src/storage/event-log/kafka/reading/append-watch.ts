/**
 * Tells listeners of appends: of this process' own at once, of others by looking at the log's end while anyone listens.
 * One look at a time, and a look that fails is made again at the next turn.
 */
export class AppendWatch {
  readonly #listeners = new Set<() => void>();
  readonly #seen: number[];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    partitions: number,
    private readonly look: () => Promise<readonly number[]>,
    private readonly pollMs: number,
  ) {
    this.#seen = new Array<number>(partitions).fill(0);
  }

  /** The offsets behind what is known to be on the log. */
  get seen(): readonly number[] {
    return this.#seen;
  }

  add(listener: () => void): () => void {
    // A set of its own entries: one function given twice is two listeners.
    const entry = (): void => {
      listener();
    };
    this.#listeners.add(entry);
    this.#timer ??= setTimeout(() => void this.#turn(), 0).unref();
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** The log ends there, or further on. */
  saw(next: Iterable<readonly [partition: number, next: number]>): void {
    let moved = false;
    for (const [partition, offset] of next) {
      if (offset <= (this.#seen[partition] ?? 0)) continue;
      this.#seen[partition] = offset;
      moved = true;
    }
    if (moved) for (const listener of this.#listeners) listener();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#listeners.clear();
  }

  async #turn(): Promise<void> {
    try {
      this.saw((await this.look()).entries());
    } catch {
      // Whoever reads is told; here there is nobody to tell.
    }
    this.#timer = this.#listeners.size > 0 ? setTimeout(() => void this.#turn(), this.pollMs).unref() : undefined;
  }
}
