import type { OpenAPIObject } from '@nestjs/swagger';
import { ERRORS } from '../domain/errors.js';
import { CANONICAL_EVENT_SCHEMA } from '../sources/keytrail/canonical-event.schema.js';
import { described, list, mapOf, object, oneOf, text, type Schema } from '../platform/http/schemas/schema.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;

const FACT: Schema = {
  anyOf: [
    { type: ['string', 'number', 'boolean'] },
    { type: 'array', items: { type: 'string' } },
    { type: 'object', additionalProperties: { type: 'number' } },
  ],
};

const PROBLEM: Schema = {
  ...object(
    {
      type: text('`urn:keytrail:error:` and the code'),
      title: text('What happened'),
      status: { type: 'integer' },
      code: oneOf(Object.keys(ERRORS), 'Stable'),
      remedy: text('What to do'),
      requestId: text('Which request it was: it stands in the log too'),
    },
    {
      errors: list(text(), 'What is wrong, a line for each fault'),
      limits: mapOf({ type: 'number' }, 'Bounds that were not kept'),
    },
  ),
  additionalProperties: described(FACT, 'Other facts of that code'),
  description: 'RFC 9457. `code` is stable; further members are facts of that code.',
};

/** Shapes that no route describes for itself. */
export const SCHEMAS: Schemas = {
  CanonicalEvent: CANONICAL_EVENT_SCHEMA,
  Problem: PROBLEM as Schemas[string],
};

/** Bodies of records, which are handed over as bytes: one, an array, or a line each. */
export function recordsBody(record: Schemas[string]): NonNullable<Operation['requestBody']> {
  return {
    required: true,
    description:
      'Plain or with Content-Encoding: gzip. A record that does not fit is rejected by itself: `items` says which and why.',
    content: {
      'application/json': { schema: { oneOf: [record, { type: 'array', items: record }] } },
      'application/x-ndjson': { schema: { type: 'string' } },
    },
  };
}

export const NATIVE_RECORD: Schemas[string] = { type: 'object', description: "A record in the store's own form" };
export const CANONICAL_RECORD: Schemas[string] = { $ref: '#/components/schemas/CanonicalEvent' };
