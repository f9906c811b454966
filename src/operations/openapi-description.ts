import type { OpenAPIObject } from '@nestjs/swagger';
import type { Route } from '../platform/http/route-table.js';
import {
  CANONICAL_RECORD,
  NATIVE_RECORD,
  PROBLEM_RESPONSE,
  RECORDED_RESPONSE,
  recordsBody,
  SCHEMAS,
} from './openapi-schemas.js';

type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

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
  return { ...document, paths, components };
}

/** `/v1/events/:id` as OpenAPI writes it. */
export function asTemplate(path: string): string {
  return path.replace(/:([A-Za-z]\w*)/g, '{$1}');
}

function complete(operation: Operation, { access, path }: Route): Operation {
  const record = path === '/v1/events' ? CANONICAL_RECORD : NATIVE_RECORD;
  const open = access.open ?? false;
  const description = open ? 'Open to everyone.' : permissionText(access.requires, access.hostOnly ?? false);
  return {
    ...operation,
    description: [operation.description, description].filter(Boolean).join(' '),
    security: open ? [] : [{ key: [] }],
    ...(access.rawBody && { requestBody: recordsBody(record) }),
    responses: {
      ...operation.responses,
      ...(access.rawBody && { '200': RECORDED_RESPONSE }),
      default: PROBLEM_RESPONSE,
    },
  };
}

function permissionText(requires: string | undefined, hostOnly: boolean): string {
  const key = requires === 'key' ? 'Any valid key.' : `Permission: ${requires ?? 'none'}.`;
  return hostOnly ? `${key} Only the command line on the service's own host.` : key;
}
