import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeytrailError } from '../../domain/errors.js';
import { describeError } from '../logging/describe-error.js';
import type { Logger } from '../logging/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { knownError, problemOf } from './problem.js';
import type { RouteTable } from './route-table.js';

/** Answers a request with an error as `application/problem+json`, counts it, and logs what is our own fault. */
export class ProblemAnswers {
  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly routes: RouteTable,
  ) {}

  send(request: FastifyRequest, reply: FastifyReply, thrown: unknown): void {
    const error = this.#precise(request, knownError(thrown));
    const problem = problemOf(error, request.id);
    this.metrics.refusedRequests.inc({ code: problem.code });
    if (error.http >= 500) this.#log(request, error, thrown);
    // An answer that has begun can't become another one; the framework ends the connection.
    if (reply.sent || reply.raw.headersSent) return;
    void reply
      .code(problem.status)
      .headers(problem.headers)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem.body));
  }

  /** An address that exists for other methods is told so. */
  #precise(request: FastifyRequest, error: KeytrailError): KeytrailError {
    if (error.code !== 'REQUEST.NOT_FOUND' || !request.is404) return error;
    const allow = this.routes.methodsAt(request.url.split('?', 1)[0] ?? '');
    return allow.length > 0 ? new KeytrailError('REQUEST.METHOD_NOT_ALLOWED', { allow }) : error;
  }

  #log(request: FastifyRequest, error: KeytrailError, thrown: unknown): void {
    const { method, routeOptions } = request;
    this.logger.event('http.failed', { method, route: routeOptions.url, status: error.http, code: error.code });
    if (error.code === 'INTERNAL.UNEXPECTED') {
      this.logger.event('error.unexpected', { part: 'http', ...describeError(thrown) });
    }
  }
}
