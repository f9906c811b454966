import { randomUUID } from 'node:crypto';
import type { Client, estypes } from '@elastic/elasticsearch';
import { called } from '../../elasticsearch/called.js';
import { elasticsearchError, refusalOf, refusedError } from '../../elasticsearch/elasticsearch-error.js';
import { ensureIndex } from '../../elasticsearch/ensure-index.js';
import { KeytrailError } from '../../../domain/errors.js';
import { StateStore, type StateChange, type StateDocument, type StateKey } from '../state-store.port.js';
import { changed, cleared, created } from './state-changes.js';
import {
  indexId,
  STATE_FORM_VERSION,
  STATE_MAPPINGS,
  toDocument,
  toKeptDocument,
  type IndexedState,
} from './state-document-form.js';

export interface StateIndexOptions {
  /** Before the names of all indices: `keytrail`. */
  readonly prefix: string;
  /** Copies of each shard besides the first. */
  readonly replicas: number;
}

/** A document with what names this very state of it. */
interface Found {
  readonly indexed: IndexedState;
  readonly seqNo: number;
  readonly primaryTerm: number;
}

const STORE = 'state';
const DEFAULT_LIMIT = 1000;
/** As much as one search gives. */
const PAGE = 1_000;
/** Only a change of the outbox between reading and writing leads to another attempt. */
const RACES = 20;
/** Conflict, and not found: the document is in another state than it was read in. */
const OTHER_STATE: ReadonlySet<number> = new Set([404, 409]);

/**
 * Control state in an index of Elasticsearch. A document is read by its id, which sees every write at once, and written
 * under the sequence number that was read, so that of two writers one loses. Lists refresh the index first.
 */
export class ElasticsearchStateStore extends StateStore {
  readonly #index: string;

  private constructor(
    private readonly client: Client,
    { prefix }: StateIndexOptions,
  ) {
    super();
    this.#index = `${prefix}-state-v${STATE_FORM_VERSION}`;
  }

  /** Makes the index where it is missing. The client is closed with the store. */
  static async open(client: Client, options: StateIndexOptions): Promise<ElasticsearchStateStore> {
    const store = new ElasticsearchStateStore(client, options);
    const settings = { number_of_shards: 1, number_of_replicas: options.replicas };
    await called(STORE, () => ensureIndex(client, { name: store.#index, mappings: STATE_MAPPINGS, settings }));
    return store;
  }

  async get(key: StateKey): Promise<StateDocument | undefined> {
    const [document] = await this.getMany([key]);
    return document;
  }

  async getMany(keys: readonly StateKey[]): Promise<readonly (StateDocument | undefined)[]> {
    return (await this.#found(keys)).map((found) => found && toDocument(found.indexed));
  }

  async list(
    collection: string,
    page: { readonly after?: string; readonly limit?: number; readonly descending?: boolean } = {},
  ): Promise<readonly StateDocument[]> {
    const { after, limit = DEFAULT_LIMIT, descending = false } = page;
    const found = await this.#search(
      {
        query: { bool: { filter: [{ term: { collection } }] } },
        sort: [{ id: descending ? 'desc' : 'asc' }],
        ...(after !== undefined && { search_after: [after] }),
      },
      limit,
      (indexed) => indexed.version > 0,
    );
    return found.map(toKeptDocument);
  }

  async put(change: StateChange): Promise<StateDocument | undefined> {
    for (let race = 0; race < RACES; race += 1) {
      const [found] = await this.#found([change]);
      const after = changed(found?.indexed, change, {
        write: randomUUID(),
        now: performance.timeOrigin + performance.now(),
      });
      if (!after) return undefined;
      if (after === 'nothing') return emptied(change);
      if (await this.#write(change, found, after)) return toKeptDocument(after);
    }
    throw new KeytrailError('STORAGE.UNAVAILABLE', { store: STORE, reason: 'busy' });
  }

  async createMany(
    documents: readonly (StateKey & { readonly value: StateDocument['value'] })[],
  ): Promise<readonly StateDocument[]> {
    if (documents.length === 0) return [];
    const missing = await this.#missing(documents);
    if (missing.length > 0) await this.#createAll(missing);
    const there = await this.getMany(documents);
    return there.map((document) => {
      if (!document) throw new KeytrailError('STORAGE.UNAVAILABLE', { store: STORE, reason: 'busy' });
      return document;
    });
  }

  async withOutbox(limit: number): Promise<readonly StateDocument[]> {
    const sort: estypes.Sort = [{ waiting_since: 'asc' }, { collection: 'asc' }, { id: 'asc' }];
    const query = { bool: { filter: [{ exists: { field: 'waiting_since' } }] } };
    return (await this.#search({ query, sort }, limit, () => true)).map(toKeptDocument);
  }

  async clearOutbox(key: StateKey, eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    for (let race = 0; race < RACES; race += 1) {
      const [found] = await this.#found([key]);
      const after = found && cleared(found.indexed, eventIds, randomUUID());
      if (!after || (await this.#write(key, found, after))) return;
    }
    throw new KeytrailError('STORAGE.UNAVAILABLE', { store: STORE, reason: 'busy' });
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  async #found(keys: readonly StateKey[]): Promise<readonly (Found | undefined)[]> {
    if (keys.length === 0) return [];
    const ids = [...new Set(keys.map(indexId))];
    const { docs } = await called(STORE, () => this.client.mget<IndexedState>({ index: this.#index, ids }));
    const found = new Map<string, Found>();
    for (const document of docs) {
      // An index that is gone or can't be read is an error of its documents.
      if ('error' in document) throw refusedError({ status: 503, type: 'unknown' }, STORE);
      const { _id: id, _source: indexed, _seq_no: seqNo, _primary_term: primaryTerm } = document;
      if (indexed && seqNo !== undefined && primaryTerm !== undefined) found.set(id, { indexed, seqNo, primaryTerm });
    }
    return keys.map((key) => found.get(indexId(key)));
  }

  /** `false` when another was faster. */
  async #write(key: StateKey, before: Found | undefined, after: IndexedState): Promise<boolean> {
    const place = { index: this.#index, id: indexId(key) };
    const state = before && { if_seq_no: before.seqNo, if_primary_term: before.primaryTerm };
    try {
      if (isGone(after)) await this.client.delete({ ...place, ...state });
      else if (state) await this.client.index({ ...place, ...state, document: after });
      else await this.client.create({ ...place, document: after });
      return true;
    } catch (error) {
      if (OTHER_STATE.has(refusalOf(error)?.status ?? 0)) return this.#isMine(key, after);
      throw elasticsearchError(error, STORE);
    }
  }

  /** An attempt may have arrived although it was not answered, and then another one of it comes too late. */
  async #isMine(key: StateKey, after: IndexedState): Promise<boolean> {
    const [found] = await this.#found([key]);
    return isGone(after) ? found === undefined : found?.indexed.write === after.write;
  }

  async #missing<Key extends StateKey>(documents: readonly Key[]): Promise<readonly Key[]> {
    const there = await this.getMany(documents);
    const missing = new Map<string, Key>();
    for (const [place, document] of documents.entries()) {
      const id = indexId(document);
      if (!there[place] && !missing.has(id)) missing.set(id, document);
    }
    return [...missing.values()];
  }

  async #createAll(documents: readonly (StateKey & { readonly value: StateDocument['value'] })[]): Promise<void> {
    const operations = documents.flatMap((document) => [
      { create: { _id: indexId(document) } },
      created(document, randomUUID()),
    ]);
    const { items } = await called(STORE, () => this.client.bulk({ index: this.#index, operations }));
    for (const [place, { create }] of items.entries()) {
      const document = documents[place];
      if (!create?.error || !document) continue;
      // Somebody else's is there: a document, or what is left of a deleted one.
      if (create.status === 409) await this.put({ ...document, expected: 0 });
      else throw refusedError({ status: create.status, type: create.error.type }, STORE);
    }
  }

  async #search(
    search: Pick<estypes.SearchRequest, 'query' | 'sort' | 'search_after'>,
    limit: number,
    counts: (indexed: IndexedState) => boolean,
  ): Promise<readonly IndexedState[]> {
    await called(STORE, () => this.client.indices.refresh({ index: this.#index }));
    const found: IndexedState[] = [];
    for (let after = search.search_after; found.length < limit;) {
      const page = { ...search, ...(after && { search_after: after }), size: PAGE, track_total_hits: false };
      const { hits } = await called(STORE, () =>
        this.client.search<IndexedState>({ index: this.#index, ...page, allow_partial_search_results: false }),
      );
      found.push(...hits.hits.flatMap(({ _source: indexed }) => (indexed && counts(indexed) ? [indexed] : [])));
      after = hits.hits.at(-1)?.sort;
      if (hits.hits.length < PAGE) break;
    }
    return found.slice(0, limit);
  }
}

/** Nothing is left of it: neither the document nor an event that waits. */
function isGone({ version, outbox }: IndexedState): boolean {
  return version === 0 && outbox.length === 0;
}

function emptied({ collection, id }: StateKey): StateDocument {
  return { collection, id, version: 0, value: {}, outbox: [] };
}
