import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { OneText } from './values.decorator.js';

export const DEFAULT_LIMIT = 100;
const MOST = 1_000;
const CURSOR_LENGTH = 8_000;

/** How many items a page holds at most. */
export function Limit(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      minimum: 1,
      maximum: MOST,
      default: DEFAULT_LIMIT,
      description: 'Items of one page; fewer when they are large',
    }),
    IsOptional(),
    Type(() => Number),
    IsInt(),
    Min(1),
    Max(MOST),
  );
}

/** Where a page begins. */
export function PageCursor(): PropertyDecorator {
  return OneText('`next` of the page before; everything else must be sent as it was then', CURSOR_LENGTH);
}

/** The order of a list of events. */
export function EventOrder(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      enum: ['desc', 'asc'],
      default: 'desc',
      description: 'By time: the newest or the oldest first',
    }),
    IsOptional(),
    IsIn(['desc', 'asc']),
  );
}
