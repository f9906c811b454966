import type { Caller } from '../../../domain/caller.js';
import type { TrailFilter } from '../../domain/trail-filter.js';

/** What a caller may ask. */
export interface Question {
  readonly caller: Caller;
  /** Saved and given; all of them hold. */
  readonly filters: readonly TrailFilter[];
  /** The caller may see clear names. */
  readonly identities: boolean;
}
