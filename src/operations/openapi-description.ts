import type { OpenAPIObject } from '@nestjs/swagger';
import type { ErrorCode } from '../domain/errors.js';
import type { Route } from '../platform/http/route-table.js';
import { ERROR_CODES } from '../platform/http/schemas/fails-with.decorator.js';
import { shareTitled } from './openapi-components.js';
import { errorsOf, problemResponses } from './openapi-errors.js';
import { CANONICAL_RECORD, NATIVE_RECORD, recordsBody, SCHEMAS } from './openapi-schemas.js';

type Paths = OpenAPIObject['paths'];
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Operation = NonNullable<Paths[string]['get']>;
type Response = NonNullable<Operation['responses'][string]>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The names of the ways to prove who asks. */
export const SECURITY = { key: 'key', host: 'host' } as const;

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
  const shared = shareTitled(paths);
  const schemas = { ...closed(document.components?.schemas ?? {}), ...shared.schemas, ...SCHEMAS };
  return { ...document, paths: shared.value, components: { ...document.components, schemas, headers: HEADERS } };
}

/** `/v1/events/:id` as OpenAPI writes it. */
export function asTemplate(path: string): string {
  return path.replace(/:([A-Za-z]\w*)/g, '{$1}');
}

const HEADERS = {
  RequestId: {
    description: 'Which request it was: the one that was sent if it is a UUID or a ULID, else a new one',
    schema: { type: 'string' as const },
  },
};
const WITH_ID = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };

function complete(operation: Operation, route: Route): Operation {
  const { [ERROR_CODES]: own = [], ...described } = operation as Operation & Record<string, readonly ErrorCode[]>;
  const { access, path } = route;
  const record = path === '/v1/events' ? CANONICAL_RECORD : NATIVE_RECORD;
  const open = access.open ?? false;
  const hostOnly = access.hostOnly ?? false;
  const description = open ? 'Open to everyone.' : permissionText(access.requires, hostOnly);
  return {
    ...described,
    description: [operation.description, description].filter(Boolean).join(' '),
    security: open ? [] : [{ [hostOnly ? SECURITY.host : SECURITY.key]: [] }],
    ...(access.rawBody && { requestBody: recordsBody(record) }),
    responses: withProblems(operation.responses, problemResponses(errorsOf(route, own))),
  };
}

function permissionText(requires: string | undefined, hostOnly: boolean): string {
  const key = requires === 'key' ? 'Any valid key.' : `Permission: ${requires ?? 'none'}.`;
  return hostOnly ? `${key} Only the command line on the service's own host.` : key;
}

/** A status that is an answer of the route's own, too, has both. */
function withProblems(answers: Operation['responses'], problems: Operation['responses']): Operation['responses'] {
  const statuses = [...new Set([...Object.keys(answers), ...Object.keys(problems)])];
  return Object.fromEntries(statuses.map((status) => [status, joined(answers[status], problems[status])]));
}

function joined(...responses: readonly (Response | undefined)[]): Response {
  const parts = responses.flatMap((response) => (response && !('$ref' in response) ? [response] : []));
  const content = Object.assign({}, ...parts.map((part) => part.content)) as NonNullable<(typeof parts)[0]['content']>;
  return {
    description: parts.map((part) => part.description).join('. '),
    headers: Object.assign({}, WITH_ID, ...parts.map((part) => part.headers)) as (typeof parts)[0]['headers'] & object,
    ...(Object.keys(content).length > 0 && { content }),
  };
}

/** What a body's class does not name is refused. */
function closed(schemas: Schemas): Schemas {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, { ...schema, additionalProperties: false }]),
  );
}
