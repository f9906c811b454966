import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Schema } from './schema.js';

type OpenApiSchema = Extract<Parameters<typeof ApiOkResponse>[0], { readonly schema: unknown }>['schema'];

/** Describes a route's answer. */
export function AnswersWith(schema: Schema, description: string, status: 200 | 201 = 200): MethodDecorator {
  const options = { description, schema: schema as OpenApiSchema };
  return applyDecorators(status === 201 ? ApiCreatedResponse(options) : ApiOkResponse(options));
}
