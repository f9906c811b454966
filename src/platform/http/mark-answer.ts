import type { FastifyReply, FastifyRequest } from 'fastify';

/** Nothing here may be kept by a browser or proxy, framed, or guessed to be something else. */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Puts on an answer what stands on every one: which request it is of, and what browsers and proxies may do with it. */
export function markAnswer(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
}
