import type { OpenAPIObject } from '@nestjs/swagger';
import { CANONICAL_EVENT_SCHEMA } from '../sources/keytrail/canonical-event.schema.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;

/** Shapes that no class of ours describes to the framework. */
export const SCHEMAS: Schemas = {
  CanonicalEvent: CANONICAL_EVENT_SCHEMA,
  Problem: {
    type: 'object',
    description: 'RFC 9457. `code` is stable; further members are facts of that code, such as `errors` or `limits`.',
    required: ['type', 'title', 'status', 'code', 'remedy', 'requestId'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string' },
      remedy: { type: 'string' },
      requestId: { type: 'string' },
    },
  },
  Position: {
    type: 'object',
    required: ['epoch', 'partition', 'offset'],
    properties: { epoch: { type: 'integer' }, partition: { type: 'integer' }, offset: { type: 'integer' } },
  },
  Recorded: {
    type: 'object',
    required: ['items', 'read', 'recorded', 'conflicts', 'ignored', 'rejected', 'asOf'],
    properties: {
      items: {
        type: 'array',
        items: {
          type: 'object',
          required: ['item', 'status'],
          properties: {
            item: { type: 'integer', description: 'Number of the record, from 0' },
            status: {
              type: 'string',
              enum: ['recorded', 'superseded', 'duplicate', 'conflict', 'ignored', 'rejected'],
            },
            ids: { type: 'array', items: { type: 'string', format: 'uuid' } },
            positions: { type: 'array', items: { $ref: '#/components/schemas/Position' } },
            reason: { type: 'string' },
            deadLetter: { type: 'string' },
            wouldSupersede: { type: 'boolean' },
            retried: {
              type: 'object',
              description: 'Of a second attempt that was understood; not closed where it is another record',
              required: ['deadLetter', 'closed'],
              properties: { deadLetter: { type: 'string' }, closed: { type: 'boolean' } },
            },
          },
        },
      },
      read: { type: 'integer' },
      recorded: { type: 'integer' },
      duplicates: { type: 'integer', description: 'Left out where the log can not tell' },
      conflicts: { type: 'integer' },
      ignored: { type: 'integer' },
      rejected: { type: 'integer' },
      asOf: { type: 'string' },
    },
  },
};

/** Bodies of records, which are handed over as bytes: one, an array, or a line each. */
export function recordsBody(record: Schemas[string]): NonNullable<Operation['requestBody']> {
  return {
    required: true,
    description: 'Plain or with Content-Encoding: gzip',
    content: {
      'application/json': { schema: { oneOf: [record, { type: 'array', items: record }] } },
      'application/x-ndjson': { schema: { type: 'string' } },
    },
  };
}

export const NATIVE_RECORD: Schemas[string] = { type: 'object', description: "A record in the store's own form" };
export const CANONICAL_RECORD: Schemas[string] = { $ref: '#/components/schemas/CanonicalEvent' };

export const RECORDED_RESPONSE: NonNullable<Operation['responses']['default']> = {
  description: 'Everything that was understood is durable, at the positions named',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Recorded' } } },
};

export const PROBLEM_RESPONSE: NonNullable<Operation['responses']['default']> = {
  description: 'What went wrong, and what to do',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
