import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../domain/caller.js';
import { KeytrailError } from '../../domain/errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the body is read; absent on open routes only. */
    caller?: Caller;
  }
}

/** Who sent the request. On a route that lets nobody through unauthenticated, there always is one. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!caller) throw new KeytrailError('ACCESS.UNAUTHENTICATED');
  return caller;
});
