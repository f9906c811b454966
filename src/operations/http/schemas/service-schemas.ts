import { anyObject, list, object, oneOf, text } from '../../../platform/http/schemas/schema.js';

export const UP = object({ status: oneOf(['up']) });
export const DOWN = object({ status: oneOf(['down']) });

/** An OpenAPI document, as far as it is worth describing in one. */
export const DESCRIPTION = object({
  openapi: text('Version of OpenAPI'),
  info: anyObject,
  paths: anyObject,
  components: anyObject,
  tags: list(anyObject),
  servers: list(anyObject),
});
