import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../domain/caller.js';
import { KeytrailError, type ErrorCode } from '../domain/errors.js';
import type { Reason } from '../domain/outcome.js';
import { HOST_KEY_ID, type Principal } from '../domain/principal.js';
import { Clock } from '../platform/clock.js';
import { ProblemAnswers } from '../platform/http/problem-answers.js';
import type { RouteAccess } from '../platform/http/requires.decorator.js';
import { traceIdFrom } from '../platform/request-ids.js';
import { credentialInQuery } from './domain/credential-in-query.js';
import { presentedKey } from './domain/presented-key.js';
import { HostAccess } from './host-access.js';
import { KeyDirectory } from './key-directory.js';
import { RefusalRecorder } from './refusal-recorder.js';

interface Denial {
  readonly code: ErrorCode;
  readonly reason: Reason;
  readonly principal?: Principal;
}

const USER_AGENT_LIMIT = 1_024;
const FORBIDDEN = 403;

/**
 * Decides on every request before its body is read. Nothing is open but what says so; a route that says nothing is refused
 * to everyone; an address that does not exist is told only to those with a key.
 */
@Injectable()
export class AccessHook implements OnModuleInit {
  readonly #told = new WeakSet<FastifyRequest>();

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly directory: KeyDirectory,
    private readonly host: HostAccess,
    private readonly refusals: RefusalRecorder,
    private readonly answers: ProblemAnswers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const instance = this.http.httpAdapter.getInstance<FastifyInstance>();
    instance.addHook('onRequest', (request, reply, done) => {
      const denial = this.#decide(request);
      if (denial) this.#refuse(request, reply, denial);
      else done();
    });
    instance.addHook('onResponse', (request, reply, done) => {
      this.#tellLateRefusal(request, reply);
      done();
    });
  }

  #decide(request: FastifyRequest): Denial | undefined {
    if (credentialInQuery(request.raw.url ?? '')) return { code: 'REQUEST.CREDENTIAL_IN_QUERY', reason: 'invalid' };
    const access = request.routeOptions.config as RouteAccess;
    if (access.open && !request.is404) return undefined;
    const judged = this.#judge(request);
    if ('code' in judged) return judged;
    request.caller = callerOf(request, judged);
    return request.is404 || mayUse(judged, access)
      ? undefined
      : { code: 'ACCESS.DENIED', reason: 'denied', principal: judged };
  }

  #judge(request: FastifyRequest): Principal | Denial {
    const host = this.host.principalOf(request);
    if (host) return host;
    const presented = presentedKey(request.raw.rawHeaders);
    if ('fault' in presented) return { code: 'ACCESS.UNAUTHENTICATED', reason: 'unauthenticated' };
    const verdict = this.directory.judge(presented.text, this.clock.now());
    return 'principal' in verdict ? verdict.principal : { code: 'ACCESS.UNAUTHENTICATED', reason: verdict.refused };
  }

  /** What a room refused after this hook had let it through: a kind of source that is not on the key's list. */
  #tellLateRefusal(request: FastifyRequest, reply: FastifyReply): void {
    const { id: requestId, ip: address, caller } = request;
    if (reply.statusCode !== FORBIDDEN || !caller || this.#told.has(request)) return;
    this.refusals.add({ code: 'ACCESS.DENIED', reason: 'denied', requestId, address, principal: caller.principal });
  }

  #refuse(request: FastifyRequest, reply: FastifyReply, { code, reason, principal }: Denial): void {
    const { id: requestId, ip: address } = request;
    this.#told.add(request);
    this.refusals.add({ code, reason, requestId, address, ...(principal && { principal }) });
    // The connection stays: the server throws away the body that may still come, so that its sender sees the answer.
    this.answers.send(request, reply, new KeytrailError(code));
  }
}

function mayUse(principal: Principal, access: RouteAccess): boolean {
  if (access.hostOnly && principal.keyId !== HOST_KEY_ID) return false;
  if (access.requires === undefined) return false;
  return access.requires === 'key' || principal.permissions.has(access.requires);
}

function callerOf(request: FastifyRequest, principal: Principal): Caller {
  const traceId = traceIdFrom(request.headers['traceparent']);
  const userAgent = request.headers['user-agent']?.slice(0, USER_AGENT_LIMIT);
  return {
    principal,
    requestId: request.id,
    address: request.ip,
    ...(traceId !== undefined && { traceId }),
    ...(userAgent !== undefined && { userAgent }),
  };
}
