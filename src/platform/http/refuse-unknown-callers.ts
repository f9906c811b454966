import type { FastifyInstance } from 'fastify';
import { KeytrailError } from '../../domain/errors.js';
import type { RouteAccess } from './requires.decorator.js';

/**
 * The belt to access's braces: whatever happens to the hook that knows callers, a request without one gets no further than
 * the open routes. Runs after every `onRequest` hook and before the body is read.
 */
export function refuseUnknownCallers(instance: FastifyInstance): void {
  instance.addHook('preParsing', (request, _reply, payload, done) => {
    const { open } = request.routeOptions.config as RouteAccess;
    if (request.caller || (open && !request.is404)) done(null, payload);
    else done(new KeytrailError('ACCESS.UNAUTHENTICATED'), payload);
  });
}
