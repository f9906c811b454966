import { canonicalJson } from '../../domain/canonical-json.js';
import type { KeyedHash } from './keyed-hash.js';
import { OccurrenceNumbers } from './occurrence-numbers.js';
import type { RandomPool } from './random-pool.js';

export interface DeliveryKeys {
  readonly idempotencyKey?: string;
  /** Records whose equal stood earlier in the file; `undefined` when this is no part of a file. */
  readonly repeated: ReadonlyMap<number, number> | undefined;
}

export interface KeyedRecord {
  readonly item: number;
  /** Which record of the sender's it lies in. */
  readonly record: number;
  readonly canonical: string;
  /** The record is the whole body: one JSON object, not a batch. */
  readonly alone: boolean;
}

/**
 * What makes a record the same record when its store gives it no key of its own: the caller's Idempotency-Key, or else
 * what the record says and how often that stood before in the delivery. A single record sent alone without either is a
 * new one every time.
 */
export class RecordKeys {
  readonly #occurrences: OccurrenceNumbers;

  constructor(
    private readonly delivery: DeliveryKeys,
    private readonly keyedHash: KeyedHash,
    private readonly random: RandomPool,
  ) {
    this.#occurrences = new OccurrenceNumbers(delivery.repeated);
  }

  keyOf({ item, record, canonical, alone }: KeyedRecord): string {
    const { idempotencyKey, repeated } = this.delivery;
    if (idempotencyKey !== undefined)
      return `idempotency:${this.keyedHash.of('idempotency-key', canonicalJson([idempotencyKey, item]))}`;
    if (alone && !repeated) return `single:${this.random.salt()}`;
    const content = this.keyedHash.of('record', canonical);
    return `record:${content}:${this.#occurrences.next(content, record)}`;
  }
}
