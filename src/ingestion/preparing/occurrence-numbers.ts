/** How many equal records stood before each one in a delivery, over all its requests. */
export class OccurrenceNumbers {
  readonly #next = new Map<string, number>();

  /** @param before for records of this request whose equal stood earlier in the file: how many did. */
  constructor(private readonly before: ReadonlyMap<number, number> = new Map()) {}

  next(content: string, record: number): number {
    const number = Math.max(this.#next.get(content) ?? 0, this.before.get(record) ?? 0);
    this.#next.set(content, number + 1);
    return number;
  }
}
