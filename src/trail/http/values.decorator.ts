import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsString, MaxLength } from 'class-validator';
import { LENGTH_LIMIT, VALUES_LIMIT } from '../domain/read-filter.js';

/** How a value is bounded; a description only where the answer is told with the other faults of a filter. */
interface TextBounds {
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly allowed?: readonly string[];
}

/** A query parameter that may be given several times, meaning any of its values. */
export function Values(description: string, bounds: TextBounds = {}): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'array',
      items: { type: 'string', ...described(bounds) },
      maxItems: VALUES_LIMIT,
      description,
    }),
    IsOptional(),
    Transform(({ value }: TransformFnParams): unknown => (Array.isArray(value) ? value : [value])),
    ArrayMaxSize(VALUES_LIMIT),
    IsString({ each: true }),
    MaxLength(LENGTH_LIMIT, { each: true }),
  );
}

/** A query parameter with one text. */
export function OneText(description: string, bounds: TextBounds = {}): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, description, ...described(bounds) }),
    IsOptional(),
    IsString(),
    MaxLength(bounds.maxLength ?? LENGTH_LIMIT),
  );
}

/** A query parameter that is on or off. */
export function Switch(description: string): PropertyDecorator {
  return OneText(description, { allowed: ['true', 'false'], maxLength: 5 });
}

function described({ allowed, pattern, maxLength = LENGTH_LIMIT }: TextBounds) {
  if (allowed) return { enum: [...allowed] };
  return { maxLength, ...(pattern && { pattern: pattern.source }) };
}
