import { LOG_POINT } from '../../domain/position.js';
import { FilterDto } from './filter.dto.js';
import { EventOrder, Limit, PageCursor } from './paging.decorator.js';
import { OneText } from './values.decorator.js';

export class ListEventsDto extends FilterDto {
  @Limit()
  readonly limit?: number;

  @PageCursor()
  readonly cursor?: string;

  @EventOrder()
  readonly order?: 'desc' | 'asc';

  @OneText('Only what was recorded from this log point on: `asOf` of the answer before, to follow the trail', {
    maxLength: 2_000,
    pattern: LOG_POINT,
  })
  readonly since?: string;
}
