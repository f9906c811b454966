import { ApiResponse } from '@nestjs/swagger';
import type { Schema } from './schema.js';

type OpenApiSchema = Extract<Parameters<typeof ApiResponse>[0], { readonly schema: unknown }>['schema'];

/** Describes a route's answer, in JSON. */
export function AnswersWith(schema: Schema, description: string, status: 200 | 201 | 202 | 503 = 200): MethodDecorator {
  const content = { 'application/json': { schema: schema as OpenApiSchema } };
  return ApiResponse({ status, description, content });
}
