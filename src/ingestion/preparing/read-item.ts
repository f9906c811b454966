import type { DeadLetterDetails } from '../../domain/details.js';
import type { RejectionReason } from '../../sources/source.port.js';
import type { EventKeys } from './subject-wants.js';
import type { KeptEvent } from './kept-event.js';

/** What became of one record, before its events are written. `record`: which of the sender's it lies in. */
export type ReadItem =
  | {
      readonly kind: 'events';
      readonly instance: string;
      readonly record: number;
      readonly events: readonly ReadEvent[];
    }
  | { readonly kind: 'ignored'; readonly instance: string; readonly record: number; readonly reason: string }
  | {
      readonly kind: 'rejected';
      readonly instance: string;
      readonly record: number;
      readonly reason: RejectionReason;
      readonly deadLetter: DeadLetterDetails;
    };

export interface ReadEvent {
  readonly kept: KeptEvent;
  readonly keys: EventKeys;
}
