/** Names that stand for another name of the same secret, as records proved. */
export class SecretAliases {
  /** The other names, by the name that stands for the secret. */
  readonly #others = new Map<string, string[]>();

  constructor(private readonly standsFor: ReadonlyMap<string, string>) {
    for (const [alias, uid] of standsFor) this.#others.set(uid, [...(this.#others.get(uid) ?? []), alias]);
  }

  get count(): number {
    return this.standsFor.size;
  }

  nameOf(uid: string): string {
    return this.standsFor.get(uid) ?? uid;
  }

  /** Every name of the secret that stands under this one; only itself for most. */
  namesOf(name: string): readonly string[] {
    return [name, ...(this.#others.get(name) ?? [])];
  }
}

export const NO_ALIASES = new SecretAliases(new Map());
