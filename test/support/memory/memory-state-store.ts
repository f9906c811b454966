import {
  StateStore,
  type OutboxEvent,
  type StateChange,
  type StateDocument,
  type StateKey,
} from '../../../src/storage/state-store/state-store.port.js';

/** A state store for specs that are about something else. It keeps documents by value, as a real one does. */
export class MemoryStateStore extends StateStore {
  readonly #documents = new Map<string, StateDocument>();

  override get(key: StateKey): Promise<StateDocument | undefined> {
    return Promise.resolve(structuredClone(this.#documents.get(nameOf(key))));
  }

  override getMany(keys: readonly StateKey[]): Promise<readonly (StateDocument | undefined)[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  override list(
    collection: string,
    { after, limit = 1000, descending = false }: { after?: string; limit?: number; descending?: boolean } = {},
  ): Promise<readonly StateDocument[]> {
    const sign = descending ? -1 : 1;
    const found = [...this.#documents.values()]
      .filter((document) => document.collection === collection)
      .sort((a, b) => sign * compare(a.id, b.id))
      .filter(({ id }) => after === undefined || sign * compare(id, after) > 0);
    return Promise.resolve(structuredClone(found.slice(0, limit)));
  }

  override put(change: StateChange): Promise<StateDocument | undefined> {
    const { collection, id, expected, value, events = [] } = change;
    const stored = this.#documents.get(nameOf(change));
    if ((stored?.version ?? 0) !== expected) return Promise.resolve(undefined);
    if (value === null) this.#documents.delete(nameOf(change));
    const outbox: readonly OutboxEvent[] = [...(stored?.outbox ?? []), ...events];
    const document = { collection, id, version: expected + 1, value: value ?? {}, outbox };
    if (value !== null) this.#documents.set(nameOf(change), structuredClone(document));
    return Promise.resolve(structuredClone(document));
  }

  override async createMany(
    documents: readonly (StateKey & { readonly value: StateDocument['value'] })[],
  ): Promise<readonly StateDocument[]> {
    const there: StateDocument[] = [];
    for (const document of documents) {
      const created = await this.put({ ...document, expected: 0 });
      const kept = created ?? (await this.get(document));
      if (kept) there.push(kept);
    }
    return there;
  }

  override withOutbox(limit: number): Promise<readonly StateDocument[]> {
    const found = [...this.#documents.values()].filter(({ outbox }) => outbox.length > 0);
    return Promise.resolve(structuredClone(found.slice(0, limit)));
  }

  override clearOutbox(key: StateKey, eventIds: readonly string[]): Promise<void> {
    const stored = this.#documents.get(nameOf(key));
    if (stored) {
      const outbox = stored.outbox.filter(({ id }) => !eventIds.includes(id));
      this.#documents.set(nameOf(key), { ...stored, outbox });
    }
    return Promise.resolve();
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }

  /** Everything kept, as text, to look for what must not be there. */
  dump(): string {
    return JSON.stringify([...this.#documents.values()]);
  }
}

function nameOf({ collection, id }: StateKey): string {
  return `${collection}\0${id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
