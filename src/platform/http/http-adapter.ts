import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { KeytrailError } from '../../domain/errors.js';
import type { Platform } from '../platform.js';
import { requestIdFrom } from '../request-ids.js';
import { answerBrokenRequest } from './broken-request.js';
import { markAnswer } from './mark-answer.js';
import { observeRequests } from './observe-requests.js';
import { PATH_PART_LIMIT } from './path-part-limit.js';
import { ProblemAnswers } from './problem-answers.js';

export interface HttpAdapterOptions {
  readonly trustedProxies: readonly string[];
  /** Milliseconds for a request's head and body to arrive. */
  readonly bodyWait: number;
  /** Bytes of a body that is not raw. Small: such bodies are commands. */
  readonly bodyLimit?: number;
}

const HEAD_WAIT_MS = 10_000;
/** Longer than any answer takes to begin; a reader who takes nothing of one for so long is gone. */
const SILENCE_WAIT_MS = 120_000;
/** The whole-request limit is the second belt behind the body reader's own, which can still answer. */
const SECOND_BELT_MS = 5_000;

/** The HTTP server: ids, bounds, headers and measuring are the same for every route. */
export function createHttpAdapter(options: HttpAdapterOptions, platform: Platform): FastifyAdapter {
  const answers = new ProblemAnswers(platform.logger, platform.metrics, platform.routes);
  const adapter = new FastifyAdapter({
    logger: false,
    genReqId: (raw: IncomingMessage) => requestIdFrom(raw.headers['x-request-id']),
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit: options.bodyLimit ?? 65_536,
    connectionTimeout: SILENCE_WAIT_MS,
    requestTimeout: options.bodyWait + SECOND_BELT_MS,
    http: { headersTimeout: HEAD_WAIT_MS, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: PATH_PART_LIMIT },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      // No hook has seen it.
      markAnswer(request, reply);
      answers.send(request, reply, new KeytrailError('REQUEST.INVALID', { errors: [framingFault(error.code)] }));
    },
    clientErrorHandler: (error: Error & { readonly code?: string }, socket: Socket) => {
      answerBrokenRequest(error, socket, platform);
    },
    skipMiddie: true,
  });
  const instance = adapter.getInstance<FastifyInstance>();
  collectRoutes(instance, platform);
  observeRequests(instance, platform, answers);
  return adapter;
}

function framingFault(code: string): string {
  return code === 'FST_ERR_MAX_PARAM_LENGTH' ? 'a part of the path is too long' : 'the path is not well formed';
}

function collectRoutes(instance: FastifyInstance, { routes }: Platform): void {
  instance.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      routes.add({ method, path: route.url, access: route.config ?? {} });
    }
  });
}
