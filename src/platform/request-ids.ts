import { randomUUID } from 'node:crypto';

/** UUID or ULID. Nothing freer: an id is logged and stored, and a looser form could carry a key or a name. */
const SANE = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-7][0-9A-HJKMNP-TV-Z]{25})$/i;

/** The caller's own id if it is a UUID or a ULID, else a new one. */
export function requestIdFrom(header: unknown): string {
  return typeof header === 'string' && SANE.test(header) ? header.toLowerCase() : randomUUID();
}

/** W3C Trace Context, version 00: the trace id, 32 hexadecimal digits, not all zero. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:$|-)/;

export function traceIdFrom(header: unknown): string | undefined {
  return typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined;
}
