import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { presentFilter, type PresentedFilter } from '../../saved-filters/presented-filter.js';
import { SavedFilters } from '../../saved-filters/saved-filters.js';
import { QuestionRecord } from '../asking/question-record.js';
import { FindFilterQuery } from './find-filter.query.js';

@QueryHandler(FindFilterQuery)
export class FindFilterHandler implements IQueryHandler<FindFilterQuery> {
  constructor(
    private readonly filters: SavedFilters,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ id, caller }: FindFilterQuery): Promise<PresentedFilter> {
    const found = await this.filters.find(id);
    const identities = caller.principal.permissions.has('identities:read');
    return this.record.ask(
      { caller, query: 'filter', filters: [], identities },
      () => Promise.resolve(presentFilter(found, caller)),
      { id: found.id },
    );
  }
}
