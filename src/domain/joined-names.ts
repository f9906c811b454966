/** Names that are joined pair by pair, as disjoint sets. */
export class JoinedNames {
  readonly #parents = new Map<string, string>();

  join(one: string, other: string): void {
    for (const name of [one, other]) if (!this.#parents.has(name)) this.#parents.set(name, name);
    this.#parents.set(this.#rootOf(one), this.#rootOf(other));
  }

  groups(): Iterable<readonly string[]> {
    return Map.groupBy(this.#parents.keys(), (name) => this.#rootOf(name)).values();
  }

  /** Halves the way for whoever comes next. */
  #rootOf(name: string): string {
    let at = name;
    while (this.#parentOf(at) !== at) {
      const above = this.#parentOf(this.#parentOf(at));
      this.#parents.set(at, above);
      at = above;
    }
    return at;
  }

  #parentOf(name: string): string {
    return this.#parents.get(name) ?? name;
  }
}
