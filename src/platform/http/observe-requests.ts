import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { KeytrailError } from '../../domain/errors.js';
import { requestContext } from '../logging/request-context.js';
import type { Platform } from '../platform.js';
import { traceIdFrom } from '../request-ids.js';
import { markAnswer } from './mark-answer.js';
import type { ProblemAnswers } from './problem-answers.js';
import { serverTiming, serverTimingHeader } from './server-timing.js';

/** Label of a request that no route answers: its path is the caller's, and there are as many as callers like. */
const NO_ROUTE = 'none';

/** Milliseconds between looks for connections that have become idle while the server closes. */
const SWEEP_MS = 50;

/** Milliseconds that a connection may do nothing while the server closes. */
const STALL_MS = 3_000;

/** Gives every request its id, context and headers, measures it, and turns late ones away while the server closes. */
export function observeRequests(instance: FastifyInstance, platform: Platform, answers: ProblemAnswers): void {
  let closing = false;
  const connections = connectionsOf(instance.server);
  instance.addHook('preClose', (done) => {
    closing = true;
    letGo(instance.server, connections);
    done();
  });
  instance.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close');
    const parts = serverTiming.getStore();
    if (parts && parts.size > 0) void reply.header('server-timing', serverTimingHeader(parts));
    done(null, payload);
  });
  instance.addHook('onRequest', (request, reply, done) => {
    markAnswer(request, reply);
    if (closing) {
      answers.send(request, reply, new KeytrailError('SERVICE.STOPPING'));
      return;
    }
    const traceId = traceIdFrom(request.headers['traceparent']);
    const context = { requestId: request.id, ...(traceId !== undefined && { traceId }) };
    requestContext.run(context, () => {
      serverTiming.run(new Map(), done);
    });
  });
  instance.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? NO_ROUTE;
    const method = request.is404 ? 'any' : request.method;
    const status = reply.statusCode;
    platform.metrics.requestSeconds.observe({ method, route, status }, reply.elapsedTime / 1_000);
    platform.logger.event('http.answered', { method, route, status, ms: Math.round(reply.elapsedTime * 10) / 10 });
    done();
  });
}

/** Closes what is idle or stalled, now and until the server is closed. */
function letGo(server: Server, connections: Connections): void {
  cutOffStalled(server, connections);
  // The server closes what is idle now; a connection that answers its last request later would hold it open.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, SWEEP_MS);
  sweep.unref();
  // One that never listened does not close either; its timer holds nothing.
  server.once('close', () => {
    clearInterval(sweep);
  });
}

interface Connections {
  readonly open: ReadonlySet<Socket>;
  /** Those with a request that was read and not yet answered. */
  readonly asking: ReadonlySet<Socket>;
}

function connectionsOf(server: Server): Connections {
  const open = new Set<Socket>();
  const asking = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    asking.add(socket);
    response.once('close', () => asking.delete(socket));
  });
  return { open, asking };
}

/**
 * An answer that is being made may take its time. One that nobody takes would hold the server open for ever, and so would
 * a connection that never asked: the server does not count it as idle, and looks no more after slow ones once it closes.
 */
function cutOffStalled(server: Server, { open, asking }: Connections): void {
  // With a listener the server itself cuts nobody off.
  server.on('timeout', (connection: Socket) => {
    if (!asking.has(connection) || connection.writableLength > 0) connection.destroy();
  });
  for (const connection of open) connection.setTimeout(STALL_MS);
}
