import type { JsonObject } from '../../../domain/canonical-json.js';
import type { OutboxEvent, StateDocument } from '../state-store.port.js';

/** A document as it stands in the file, and as it crosses threads. */
export interface DocumentRow {
  readonly collection: string;
  readonly id: string;
  /** 0 for a document that is not there (any more). */
  readonly version: number;
  /** JSON text. */
  readonly value: string;
  /** JSON text of the list of waiting events, oldest first. */
  readonly outbox: string;
}

/** The outbox of the document `(collection, id)` named by the two expressions. */
export function outboxOf(collection: string, id: string): string {
  return `(SELECT json_group_array(json(event) ORDER BY sequence) FROM outbox AS waiting
    WHERE waiting.collection = ${collection} AND waiting.id = ${id})`;
}

/** Whole documents; a condition follows. */
export const SELECT_DOCUMENT = `SELECT collection, id, version, value, ${outboxOf('collection', 'id')} AS outbox
  FROM documents`;

export function toDocument({ collection, id, version, value, outbox }: DocumentRow): StateDocument {
  return {
    collection,
    id,
    version,
    value: JSON.parse(value) as JsonObject,
    outbox: outbox === '[]' ? [] : (JSON.parse(outbox) as OutboxEvent[]),
  };
}
