import { JoinedNames } from './joined-names.js';

/** Two names of one secret, as a record proved. */
export interface SecretPair {
  /** The name that stands for the secret. */
  readonly uid: string;
  readonly alias: string;
}

/**
 * The names of secrets that have several. Names that any number of pairs joins are one secret's: kept apart, an access
 * could be hidden by giving another secret the name that an alias has. The name that stands for all is nobody's alias;
 * of several such names, or of none, the first.
 */
export class SecretAliases {
  /** By the name that stands for the secret, itself among them. */
  readonly #names = new Map<string, readonly string[]>();
  readonly #standIns = new Map<string, string>();

  constructor(pairs: Iterable<SecretPair>) {
    const joined = new JoinedNames();
    const aliases = new Set<string>();
    for (const { uid, alias } of pairs) {
      joined.join(uid, alias);
      aliases.add(alias);
    }
    for (const names of joined.groups()) {
      const sorted = names.toSorted();
      const name = sorted.find((one) => !aliases.has(one)) ?? sorted[0] ?? '';
      const others = sorted.filter((one) => one !== name);
      this.#names.set(name, [name, ...others]);
      for (const other of others) this.#standIns.set(other, name);
    }
  }

  /** By each name that stands for no secret, the one that does. */
  get standIns(): ReadonlyMap<string, string> {
    return this.#standIns;
  }

  nameOf(uid: string): string {
    return this.#standIns.get(uid) ?? uid;
  }

  /** Every name of the secret that stands under this one; only itself for most. */
  namesOf(name: string): readonly string[] {
    return this.#names.get(name) ?? [name];
  }
}

export const NO_ALIASES = new SecretAliases([]);
