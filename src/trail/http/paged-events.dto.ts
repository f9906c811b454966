import { FilterDto } from './filter.dto.js';
import { EventOrder, Limit, PageCursor } from './paging.decorator.js';

export class PagedEventsDto extends FilterDto {
  @Limit()
  readonly limit?: number;

  @PageCursor()
  readonly cursor?: string;

  @EventOrder()
  readonly order?: 'desc' | 'asc';
}
