import type { OpenAPIObject } from '@nestjs/swagger';
import type { Route } from '../platform/http/route-table.js';

type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const SCHEMAS = {
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
} as const;

const RECORDS_BODY = {
  required: true,
  description: 'Plain or with Content-Encoding: gzip',
  content: {
    'application/json': { schema: { oneOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }] } },
    'application/x-ndjson': { schema: { type: 'string' } },
  },
} as const;

const RECORDED_RESPONSE = {
  description: 'Everything that was understood is durable, at the positions named',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Recorded' } } },
} as const;

const PROBLEM_RESPONSE = {
  description: 'What went wrong, and what to do',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
} as const;

/** Adds to the framework's description what it can't know: who may use a route, bodies that are bytes, and errors. */
export function completeDescription(document: OpenAPIObject, routes: readonly Route[]): OpenAPIObject {
  const paths: Paths = {};
  for (const [path, item] of Object.entries(document.paths)) {
    const completed = { ...item };
    for (const method of METHODS) {
      const operation = item[method];
      const route = routes.find((one) => one.method === method.toUpperCase() && asTemplate(one.path) === path);
      if (operation && route) completed[method] = complete(operation, route);
    }
    paths[path] = completed;
  }
  const components = { ...document.components, schemas: { ...document.components?.schemas, ...SCHEMAS } };
  return { ...document, paths, components } as OpenAPIObject;
}

/** `/v1/events/:id` as OpenAPI writes it. */
export function asTemplate(path: string): string {
  return path.replace(/:([A-Za-z]\w*)/g, '{$1}');
}

function complete(operation: Operation, { access }: Route): Operation {
  const open = access.open ?? false;
  const description = open ? 'Open to everyone.' : permissionText(access.requires, access.hostOnly ?? false);
  return {
    ...operation,
    description: [operation.description, description].filter(Boolean).join(' '),
    security: open ? [] : [{ key: [] }],
    ...(access.rawBody && { requestBody: RECORDS_BODY }),
    responses: {
      ...operation.responses,
      ...(access.rawBody && { '200': RECORDED_RESPONSE }),
      default: PROBLEM_RESPONSE,
    },
  } as Operation;
}

function permissionText(requires: string | undefined, hostOnly: boolean): string {
  const key = requires === 'key' ? 'Any valid key.' : `Permission: ${requires ?? 'none'}.`;
  return hostOnly ? `${key} Only the command line on the service's own host.` : key;
}
