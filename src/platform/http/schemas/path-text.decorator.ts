import { ApiParam } from '@nestjs/swagger';
import { PATH_PART_LIMIT } from '../path-part-limit.js';
import type { Schema } from './schema.js';

type OpenApiSchema = Extract<Parameters<typeof ApiParam>[0], { readonly schema: unknown }>['schema'];

/** Describes a part of a route's path, which the server bounds where the schema does not. */
export function PathText(name: string, { description, ...schema }: Schema): MethodDecorator {
  const says = typeof description === 'string' && { description };
  return ApiParam({ name, schema: { maxLength: PATH_PART_LIMIT, ...schema } as OpenApiSchema, ...says });
}
