import type { FoldedBody } from '../consuming/projection.js';
import type { DeadLetterPlace } from '../domain/details.js';
import type { ViewDefinition } from '../storage/read-store/read-store.port.js';

/** Records that were not understood, one document each (and partition of the log), open until they are closed. */
export const DEAD_LETTERS = {
  name: 'dead_letters',
  version: 1,
  fields: {
    letter: { type: 'keyword', indexed: true },
    kind: { type: 'keyword' },
    instance: { type: 'keyword' },
    reason: { type: 'keyword' },
    state: { type: 'keyword', indexed: true },
  },
} as const satisfies ViewDefinition;

/** One record that was not understood: never the record, only where it lies. */
export interface DeadLetter {
  readonly id: string;
  readonly state: 'open' | 'closed';
  /** Absent when only its closing is known here: its record stands in another partition. */
  readonly opened?: {
    /** The `trail.ingested` event that tells of it. */
    readonly eventId: string;
    readonly recordedAt: string;
    readonly kind: string;
    readonly instance: string;
    readonly reason: string;
    /** What of the source's own rule was missing or wrong. */
    readonly field?: string;
    /** Bytes of the record. */
    readonly length: number;
    /** Keyed HMAC-SHA-256 of the record, hexadecimal. */
    readonly hmac: string;
    readonly at: DeadLetterPlace;
    /** The file's name: personal data, as file names may be. */
    readonly file?: string;
  };
  readonly closed?: {
    readonly eventId: string;
    readonly recordedAt: string;
    /** The subject who closed it. */
    readonly by?: string;
    /** As that person wrote it: personal data. */
    readonly reason?: string;
  };
}

export type DeadLetterBody = FoldedBody<DeadLetter>;
