import type { OpenAPIObject } from '@nestjs/swagger';
import { ERRORS, type ErrorCode } from '../domain/errors.js';
import type { Route } from '../platform/http/route-table.js';

type Responses = NonNullable<OpenAPIObject['paths'][string]['post']>['responses'];
type Response = Extract<NonNullable<Responses[string]>, { readonly description: string }>;

/** What every request can meet on its way, whatever it asks for. */
const ANYWHERE = [
  'REQUEST.INVALID',
  'REQUEST.CREDENTIAL_IN_QUERY',
  'REQUEST.TIMEOUT',
  'SERVICE.STOPPING',
  'INTERNAL.UNEXPECTED',
] as const satisfies readonly ErrorCode[];

/** Methods whose body is read, also where nothing is expected in it. */
const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The errors that a route can answer: those of its own work, and those that its place brings with it. */
export function errorsOf({ access, method }: Route, own: readonly ErrorCode[]): readonly ErrorCode[] {
  const { open = false, requires, hostOnly = false, rawBody = false } = access;
  const placed: ErrorCode[] = [...ANYWHERE];
  if (WITH_BODY.has(method)) placed.push('INGESTION.BATCH_TOO_LARGE', 'REQUEST.UNSUPPORTED_MEDIA_TYPE');
  if (rawBody) placed.push('INGESTION.QUEUE_FULL');
  if (!open) placed.push('ACCESS.UNAUTHENTICATED');
  if (!open && (requires !== 'key' || hostOnly)) placed.push('ACCESS.DENIED');
  return [...new Set([...placed, ...own])];
}

/** An answer for each status that these errors have, naming their codes. */
export function problemResponses(codes: readonly ErrorCode[]): Readonly<Record<string, Response>> {
  const statuses = [...new Set(codes.map((code) => ERRORS[code].http))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      problemResponse(
        status,
        codes.filter((code) => ERRORS[code].http === status),
      ),
    ]),
  );
}

function problemResponse(status: number, codes: readonly ErrorCode[]): Response {
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Problem' }],
    properties: {
      status: { type: 'integer' as const, enum: [status] },
      code: { type: 'string' as const, enum: [...codes] },
    },
  };
  const headers = HEADERS[status];
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
    content: { 'application/problem+json': { schema } },
    ...(headers && { headers }),
  };
}

const HEADERS: Readonly<Record<number, NonNullable<Response['headers']>>> = {
  401: { 'WWW-Authenticate': { description: 'How to authenticate', schema: { type: 'string' } } },
  503: {
    'Retry-After': { description: 'Seconds to wait before trying again', schema: { type: 'integer', minimum: 0 } },
  },
};
