import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, Matches } from 'class-validator';

const VIEWS_LIMIT = 50;
const NAME = /^[a-z_]{1,64}$/;

export class RebuildViewsDto {
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', pattern: NAME.source },
    minItems: 1,
    maxItems: VIEWS_LIMIT,
    description: 'Names of views, as in GET /v1/views; default all',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(VIEWS_LIMIT)
  @Matches(NAME, { each: true, message: 'each of views must be the name of a view' })
  readonly views?: string[];
}
