import { Limit, PageCursor } from './paging.decorator.js';

export class PageDto {
  @Limit()
  readonly limit?: number;

  @PageCursor()
  readonly cursor?: string;
}
