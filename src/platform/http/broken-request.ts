import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { KeytrailError } from '../../domain/errors.js';
import type { Platform } from '../platform.js';
import { requestIdFrom } from '../request-ids.js';
import { problemOf } from './problem.js';

/** Answers bytes that never became a request: broken framing, an oversized head, a head or body that came too slowly. */
export function answerBrokenRequest(
  error: Error & { readonly code?: string },
  socket: Socket,
  { logger, metrics }: Platform,
): void {
  // The other side has gone, or an answer has begun.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const known = knownFault(error.code);
  const requestId = requestIdFrom(undefined);
  const { status, code, body } = problemOf(known, requestId);
  metrics.refusedRequests.inc({ code });
  logger.event('http.connection_refused', { code });
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `x-request-id: ${requestId}`,
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}

function knownFault(code: string | undefined): KeytrailError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new KeytrailError('REQUEST.TIMEOUT');
  const fault =
    code === 'HPE_HEADER_OVERFLOW'
      ? `the address and the headers have more than ${maxHeaderSize} bytes together`
      : 'the request is not well-formed HTTP/1.1';
  return new KeytrailError('REQUEST.INVALID', { errors: [fault] });
}
