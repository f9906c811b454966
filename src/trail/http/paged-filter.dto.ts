import { FilterDto } from './filter.dto.js';
import { Limit, PageCursor } from './paging.decorator.js';

export class PagedFilterDto extends FilterDto {
  @Limit()
  readonly limit?: number;

  @PageCursor()
  readonly cursor?: string;
}
