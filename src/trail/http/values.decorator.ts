import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsString, MaxLength } from 'class-validator';
import { VALUES_LIMIT } from '../domain/read-filter.js';

const LENGTH_LIMIT = 1_024;

/** A query parameter that may be given several times, meaning any of its values. */
export function Values(description: string, allowed?: readonly string[]): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: [String], description, ...(allowed && { enum: [...allowed] }) }),
    IsOptional(),
    Transform(({ value }: TransformFnParams): unknown => (Array.isArray(value) ? value : [value])),
    ArrayMaxSize(VALUES_LIMIT),
    IsString({ each: true }),
    MaxLength(LENGTH_LIMIT, { each: true }),
  );
}

/** A query parameter with one text. */
export function OneText(description: string, maxLength = LENGTH_LIMIT): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, description, maxLength }),
    IsOptional(),
    IsString(),
    MaxLength(maxLength),
  );
}
