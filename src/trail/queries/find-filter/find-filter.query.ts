import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { PresentedFilter } from '../../saved-filters/presented-filter.js';

/** One saved filter. Throws `TRAIL.FILTER_NOT_FOUND`. */
export class FindFilterQuery extends Query<PresentedFilter> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
