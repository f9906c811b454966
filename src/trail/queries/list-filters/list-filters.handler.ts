import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { presentFilter } from '../../saved-filters/presented-filter.js';
import { SAVED_FILTER_ID } from '../../saved-filters/saved-filter-id.js';
import { SavedFilters } from '../../saved-filters/saved-filters.js';
import { QuestionRecord } from '../asking/question-record.js';
import { ListFiltersQuery, type FiltersAnswer } from './list-filters.query.js';

@QueryHandler(ListFiltersQuery)
export class ListFiltersHandler implements IQueryHandler<ListFiltersQuery> {
  constructor(
    private readonly filters: SavedFilters,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ page: { limit, cursor }, caller }: ListFiltersQuery): Promise<FiltersAnswer> {
    if (cursor !== undefined && !SAVED_FILTER_ID.test(cursor)) throw new KeytrailError('TRAIL.INVALID_CURSOR');
    const identities = caller.principal.permissions.has('identities:read');
    const found = await this.record.ask({ caller, query: 'filters', filters: [], identities }, () =>
      this.filters.list(limit + 1, cursor),
    );
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return { filters: shown.map((filter) => presentFilter(filter, caller)), ...(last && { next: last.id }) };
  }
}
