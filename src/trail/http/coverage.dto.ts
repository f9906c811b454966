import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { Values } from './values.decorator.js';

/** A day of UTC that there is. */
function Day(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date', description }),
    IsOptional(),
    Matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, {
      message: '$property: must be a day such as 2026-11-22',
    }),
  );
}

export class CoverageDto {
  @Day('The first day, UTC')
  readonly from?: string;

  @Day('The last day, UTC')
  readonly to?: string;

  @Values('Kinds of sources')
  readonly source?: string[];

  @Values('Instances')
  readonly instance?: string[];
}
