import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { KeytrailError } from '../../../domain/errors.js';
import type { RouteAccess } from '../requires.decorator.js';
import type { BodyBudget } from './body-budget.js';
import { decompress, isGzip } from './decompress.js';
import type { RawBody } from './raw-body.js';
import { readStream } from './read-stream.js';

export interface BodyLimits {
  readonly records: number;
  /** Bytes of a raw body, decompressed. */
  readonly bytes: number;
  /** Milliseconds. */
  readonly wait: number;
}

/** Bytes of a body that is a command. */
const COMMAND_BYTES = 65_536;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

/** Reads every body: as bytes where the route says so, else as a small JSON text. */
export function readBodies(instance: FastifyInstance, limits: BodyLimits, budget: BodyBudget): void {
  const parseJson = instance.getDefaultJsonParser('error', 'error');
  instance.removeAllContentTypeParsers();
  instance.addHook('preParsing', (request, reply, payload, done) => {
    const { rawBody } = request.routeOptions.config as RouteAccess;
    const release = rawBody ? budget.reserve(roomFor(request, limits.bytes)) : () => undefined;
    if (!release) {
      done(new KeytrailError('INGESTION.QUEUE_FULL'), payload);
      return;
    }
    reply.raw.once('finish', release).once('close', release);
    done(null, payload);
  });
  instance.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const { rawBody } = request.routeOptions.config as RouteAccess;
    // An address that does not exist is told so at once; what its sender sends is nobody's.
    if (request.is404) return undefined;
    return rawBody ? readRaw(request, payload, limits) : readJson(request, payload, limits.wait, parseJson);
  });
}

async function readRaw(request: FastifyRequest, payload: Readable, limits: BodyLimits): Promise<RawBody> {
  const { records, bytes: limit, wait } = limits;
  const tooLarge = (): KeytrailError =>
    new KeytrailError('INGESTION.BATCH_TOO_LARGE', { limits: { records, bytes: limit } });
  // Read first, whatever is to be said of it: a sender that is still sending may never see an answer.
  const bytes = await readStream(payload, { limit, wait, tooLarge });
  return isCompressed(request) || isGzip(bytes) ? decompress(bytes, limit, tooLarge) : { bytes };
}

/** What a body may come to: its stated length, and the whole limit where it states none or will grow. */
function roomFor({ headers }: FastifyRequest, limit: number): number {
  const stated = headers['content-encoding'] === undefined ? Number(headers['content-length']) : Number.NaN;
  return Number.isNaN(stated) ? limit : Math.min(stated, limit);
}

function isCompressed(request: FastifyRequest): boolean {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return false;
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  throw new KeytrailError('REQUEST.UNSUPPORTED_MEDIA_TYPE', { encodings: ['gzip'] });
}

type JsonParser = ReturnType<FastifyInstance['getDefaultJsonParser']>;

async function readJson(request: FastifyRequest, payload: Readable, wait: number, parse: JsonParser): Promise<unknown> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const tooLarge = (): KeytrailError =>
    new KeytrailError('INGESTION.BATCH_TOO_LARGE', { limits: { bytes: COMMAND_BYTES } });
  const bytes = await readStream(payload, { limit: COMMAND_BYTES, wait, tooLarge });
  if (bytes.length === 0) return undefined;
  if (!JSON_TYPE.test(type) || isCompressed(request)) {
    throw new KeytrailError('REQUEST.UNSUPPORTED_MEDIA_TYPE', { types: ['application/json'] });
  }
  return new Promise((resolve, reject) => {
    void parse(request, bytes.toString('utf8'), (error, value) => {
      if (error) reject(new KeytrailError('REQUEST.INVALID', { errors: ['the body is not valid JSON'] }));
      else resolve(value);
    });
  });
}
