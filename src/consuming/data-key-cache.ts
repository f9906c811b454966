import type { SubjectKey, SubjectKeys } from '../privacy/subject-keys.port.js';

/** Enough for the people and machines of a large organisation over a few quarters; 100 bytes each. */
const KEPT = 20_000;

/** By key id; a destroyed key is not among them. */
export type DataKeys = ReadonlyMap<string, SubjectKey>;

/**
 * The data keys a consumer needs, asked for a page at a time. A key that was not there is asked for again the next time:
 * only keys are kept, never their absence. What is kept ends with the process.
 */
export class DataKeyCache {
  readonly #kept = new Map<string, SubjectKey>();

  constructor(private readonly keys: Pick<SubjectKeys, 'open'>) {}

  /** Throws `STORAGE.*` or `PRIVACY.*` when the keys can't be asked for. */
  async open(keyIds: ReadonlySet<string>): Promise<DataKeys> {
    const found = new Map<string, SubjectKey>();
    const missing: string[] = [];
    for (const keyId of keyIds) {
      const key = this.#kept.get(keyId);
      if (key) found.set(keyId, key);
      else missing.push(keyId);
    }
    if (missing.length === 0) return found;
    for (const key of await this.keys.open(missing)) {
      if (!key) continue;
      found.set(key.keyId, key);
      this.#keep(key.keyId, key);
    }
    return found;
  }

  /** Forgets every key: some may have been destroyed. */
  clear(): void {
    this.#kept.clear();
  }

  #keep(keyId: string, key: SubjectKey): void {
    this.#kept.set(keyId, key);
    if (this.#kept.size <= KEPT) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      break;
    }
  }
}
