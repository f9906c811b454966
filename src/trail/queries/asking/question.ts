import type { Caller } from '../../../domain/caller.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import type { TrailFilter } from '../../domain/trail-filter.js';

/** What a caller may ask, ready for the read store. */
export interface Question {
  readonly caller: Caller;
  /** Saved and given; all of them hold. */
  readonly filters: readonly TrailFilter[];
  /** The same over the fields of `TRAIL_EVENTS`. */
  readonly matching: ViewFilter;
  /** The caller may see clear names. */
  readonly identities: boolean;
}
