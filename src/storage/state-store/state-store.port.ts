import type { JsonObject } from '../../domain/canonical-json.js';

/** Where a document lives: a collection (`keys`, `subjects`, `data-keys`) and an id within it. */
export interface StateKey {
  readonly collection: string;
  readonly id: string;
}

/** An event waiting in a document's outbox to be appended to the log; `id` makes the append idempotent. */
export interface OutboxEvent extends JsonObject {
  readonly id: string;
}

export interface StateDocument extends StateKey {
  /** 1 for a new document, one more with each change. */
  readonly version: number;
  readonly value: JsonObject;
  readonly outbox: readonly OutboxEvent[];
}

export interface StateChange extends StateKey {
  /** The version that must be there now; 0 = must not exist. */
  readonly expected: number;
  /** `null` deletes the document. */
  readonly value: JsonObject | null;
  /** Added to the outbox in the same write. */
  readonly events?: readonly OutboxEvent[];
}

/**
 * Small documents of control state, changed by compare-and-set. Not disposable: data keys and the key ring live here.
 * Lists read their own writes. A lost race is an answer, not an error; a store that does not answer throws `STORAGE.*`.
 */
export abstract class StateStore {
  abstract get(key: StateKey): Promise<StateDocument | undefined>;

  /** In the order asked; missing documents are `undefined`. */
  abstract getMany(keys: readonly StateKey[]): Promise<readonly (StateDocument | undefined)[]>;

  /** All documents of a collection by id (ascending unless told), `after` exclusive, at most `limit` (default 1,000). */
  abstract list(
    collection: string,
    page?: { readonly after?: string; readonly limit?: number; readonly descending?: boolean },
  ): Promise<readonly StateDocument[]>;

  /**
   * The new document, or `undefined` when the expected version was not there. A deleted document is answered with
   * version 0, an empty value and the events that it leaves waiting.
   */
  abstract put(change: StateChange): Promise<StateDocument | undefined>;

  /** Creates what is missing and answers with what is there now, in order: the winner's where a race was lost. */
  abstract createMany(
    documents: readonly (StateKey & { readonly value: JsonObject })[],
  ): Promise<readonly StateDocument[]>;

  /** Documents whose outbox is not empty, oldest event first; deleted ones with version 0 and an empty value. */
  abstract withOutbox(limit: number): Promise<readonly StateDocument[]>;

  /** Takes appended events out of a document's outbox. Harmless when they are gone already. */
  abstract clearOutbox(key: StateKey, eventIds: readonly string[]): Promise<void>;

  abstract close(): Promise<void>;
}
