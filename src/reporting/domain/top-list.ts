/** Keeps the `limit` greatest of any number of items, by `compare` as `sort` takes it, and counts them all. */
export class TopList<Item> {
  readonly #items: Item[] = [];
  #total = 0;

  constructor(
    private readonly limit: number,
    private readonly compare: (left: Item, right: Item) => number,
  ) {}

  add(item: Item): void {
    this.#total += 1;
    this.#items.push(item);
    if (this.#items.length >= 2 * this.limit + 64) this.#cut();
  }

  get total(): number {
    return this.#total;
  }

  /** The items that stayed, in order. */
  items(): readonly Item[] {
    this.#cut();
    return [...this.#items];
  }

  #cut(): void {
    this.#items.sort(this.compare);
    this.#items.length = Math.min(this.#items.length, this.limit);
  }
}
