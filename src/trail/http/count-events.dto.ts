import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional } from 'class-validator';
import {
  COUNT_KEYS,
  COUNT_ORDERS,
  type CountKey,
  type CountOrder,
} from '../queries/count-events/count-events.query.js';
import { PagedFilterDto } from './paged-filter.dto.js';

const KEYS_LIMIT = 3;

export class CountEventsDto extends PagedFilterDto {
  @ApiProperty({
    enum: COUNT_KEYS,
    isArray: true,
    minItems: 1,
    maxItems: KEYS_LIMIT,
    description:
      'What to count by, up to three. `secret` is the uid that stands for it, whatever events call it. `address` needs identities:read.',
  })
  @Transform(({ value }: TransformFnParams): unknown => (Array.isArray(value) || value === undefined ? value : [value]))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(KEYS_LIMIT)
  @ArrayUnique()
  @IsIn(COUNT_KEYS, { each: true })
  readonly by!: CountKey[];

  @ApiPropertyOptional({
    enum: COUNT_ORDERS,
    default: 'count',
    description: 'The largest or the latest first, or by key; only the last has further pages',
  })
  @IsOptional()
  @IsIn(COUNT_ORDERS)
  readonly order?: CountOrder;
}
