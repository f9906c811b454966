import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { PresentedFilter } from '../../saved-filters/presented-filter.js';
import type { PageRequest } from '../asking/asked.js';

export interface FiltersAnswer {
  readonly filters: readonly PresentedFilter[];
  /** The cursor of the next page; absent on the last. */
  readonly next?: string;
}

/** The saved filters, in order of saving. */
export class ListFiltersQuery extends Query<FiltersAnswer> {
  constructor(
    readonly page: PageRequest,
    readonly caller: Caller,
  ) {
    super();
  }
}
