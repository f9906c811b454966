import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export interface PageLimits {
  readonly most: number;
  /** Where the caller says nothing. */
  readonly usual: number;
}

const DIGITS = /^\d{1,15}$/;

/** A query parameter: how many items a page holds at most. */
export function PageLimit({ most, usual }: PageLimits): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      minimum: 1,
      maximum: most,
      default: usual,
      description: 'Items of one page; fewer when they are large',
    }),
    IsOptional(),
    // Not `Number`, which reads other things too, such as `0x10`.
    Transform(({ value }: TransformFnParams): unknown =>
      typeof value === 'string' && DIGITS.test(value) ? Number(value) : value,
    ),
    IsInt(),
    Min(1),
    Max(most),
  );
}
