/** Bounds the memory that all bodies take together. Bytes. */
export class BodyBudget {
  #reserved = 0;

  constructor(
    private readonly limit: number,
    private readonly changed: (reserved: number) => void = () => undefined,
  ) {}

  /**
   * Reserves room for one body, and gives back the way to free it (harmless twice); `undefined` when there is no room now.
   * A body alone is always admitted, as its own limit bounds it.
   */
  reserve(bytes: number): (() => void) | undefined {
    if (this.#reserved > 0 && this.#reserved + bytes > this.limit) return undefined;
    this.#move(bytes);
    let held = true;
    return () => {
      if (held) this.#move(-bytes);
      held = false;
    };
  }

  #move(bytes: number): void {
    this.#reserved += bytes;
    this.changed(this.#reserved);
  }
}
