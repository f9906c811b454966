import type { DeadLetterPlace } from '../../domain/details.js';

export const LETTERS_PATH = '/v1/dead-letters';

/** A dead letter as the service lists it. */
export interface ListedLetter {
  readonly id: string;
  readonly state: 'open' | 'closed';
  readonly opened?: {
    /** RFC 3339. */
    readonly recordedAt: string;
    readonly kind: string;
    readonly instance: string;
    readonly reason: string;
    readonly field?: string;
    /** Bytes. */
    readonly length: number;
    readonly at: DeadLetterPlace;
    /** Only for those who may see identities: a file's name can tell of people. */
    readonly file?: string;
  };
}

export interface LetterPage {
  readonly deadLetters: readonly ListedLetter[];
  readonly next?: string;
}
