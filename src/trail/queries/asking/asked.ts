import type { Caller } from '../../../domain/caller.js';
import type { LogPoint } from '../../../domain/position.js';
import type { TrailFilter } from '../../domain/trail-filter.js';

/** Which events a caller asks about, and who asks. */
export interface Asked {
  readonly filter: TrailFilter;
  /** Ids of saved filters, which must hold too. */
  readonly saved: readonly string[];
  readonly caller: Caller;
}

/** What every answer about the trail tells of itself. */
export interface Answer {
  /** The log point it reflects: everything recorded before it, nothing after. */
  readonly asOf: string;
  /** How far that is behind the log's end. */
  readonly lag: { readonly events: number; readonly seconds: number };
}

/** One page of a list, and where the next one begins; absent on the last page. */
export interface PagedAnswer extends Answer {
  readonly next?: string;
}

/** How much of a list, and from where. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** The point of the trail that a question is answered at, and when it was first asked. */
export interface AskedAt {
  readonly asOf: LogPoint;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}
