import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { JsonObject } from '../../../domain/canonical-json.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';

/** A part of the trail that may be named in a stored record and in a report. */
export interface TrailScopeView {
  /** The filters, without a period. Nothing in them is a name that the trail does not hold in clear. */
  readonly filters: readonly JsonObject[];
  /** All of them over the fields of `TRAIL_EVENTS`; absent = everything. */
  readonly matching?: ViewFilter;
  /** The same in words, one term a line. */
  readonly words: readonly string[];
}

/**
 * Which part of the trail a caller means. Throws `TRAIL.INVALID_FILTER`, also for a filter that can't be named without
 * a name, `TRAIL.FILTER_NOT_FOUND`, and `ACCESS.DENIED` for one that the caller may not ask by.
 */
export class TrailScopeQuery extends Query<TrailScopeView> {
  constructor(
    /** As in a query string, without a period. */
    readonly parameters: Readonly<Record<string, unknown>>,
    readonly caller: Caller,
  ) {
    super();
  }
}
