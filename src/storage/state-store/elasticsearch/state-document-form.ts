import type { estypes } from '@elastic/elasticsearch';
import type { JsonObject } from '../../../domain/canonical-json.js';
import type { OutboxEvent, StateDocument, StateKey } from '../state-store.port.js';

/** A state document as the index has it. Values are JSON text, so that no key in them becomes a field of the index. */
export interface IndexedState {
  readonly collection: string;
  readonly id: string;
  /** 0 for a deleted document that stays until its outbox is empty. */
  readonly version: number;
  readonly value: string;
  readonly outbox: readonly string[];
  /** When the oldest event that waits was put there: milliseconds since 1970. Absent where none waits. */
  readonly waiting_since?: number;
  /** Of the write that made it: whoever does not know whether its write arrived knows it again. */
  readonly write: string;
}

const kept = { type: 'keyword', index: false, doc_values: false } as const;

/** Raised with each change of the mappings: it is in the index's name. */
export const STATE_FORM_VERSION = 1;

export const STATE_MAPPINGS: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  properties: {
    collection: { type: 'keyword' },
    id: { type: 'keyword' },
    version: { type: 'long', index: false },
    value: kept,
    outbox: kept,
    waiting_since: { type: 'double' },
    write: kept,
  },
};

/** Ids of Elasticsearch have at most 512 bytes; collections and ids here are short by design. */
export function indexId({ collection, id }: StateKey): string {
  const name = `${collection}/${id}`;
  if (Buffer.byteLength(name) > 512) throw new TypeError('a state document has an id that is too long');
  return name;
}

/** `undefined` for a deleted document. */
export function toDocument(indexed: IndexedState): StateDocument | undefined {
  return indexed.version === 0 ? undefined : toKeptDocument(indexed);
}

/** Deleted ones too: with version 0 and an empty value. */
export function toKeptDocument({ collection, id, version, value, outbox }: IndexedState): StateDocument {
  return {
    collection,
    id,
    version,
    value: JSON.parse(value) as JsonObject,
    outbox: outbox.map((event) => JSON.parse(event) as OutboxEvent),
  };
}
