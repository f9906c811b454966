import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageLimit } from '../../platform/http/page-limit.decorator.js';
import { OneText } from './values.decorator.js';

export const DEFAULT_LIMIT = 100;
const MOST = 1_000;
const CURSOR_LENGTH = 8_000;

/** How many items a page holds at most. */
export function Limit(): PropertyDecorator {
  return PageLimit({ most: MOST, usual: DEFAULT_LIMIT });
}

/** Where a page begins. */
export function PageCursor(): PropertyDecorator {
  return OneText('`next` of the page before; everything else must be sent as it was then', {
    maxLength: CURSOR_LENGTH,
    pattern: /^[A-Za-z0-9_-]+$/,
  });
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
