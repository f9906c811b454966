import { ERRORS, KeytrailError, type ErrorCode } from '../../domain/errors.js';

/** RFC 9457 with Keytrail's own members: `code`, `remedy`, `requestId` and the error's facts. */
export interface Problem {
  readonly status: number;
  readonly code: ErrorCode;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Seconds after which trying again makes sense, when the error says nothing else. */
const RETRY_AFTER = 2;

/** Codes of the HTTP framework that stand for an error of ours. Its other words and facts are dropped. */
const BY_FRAMEWORK_CODE: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'INGESTION.BATCH_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'REQUEST.UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_NOT_FOUND: 'REQUEST.NOT_FOUND',
};

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'REQUEST.INVALID',
  401: 'ACCESS.UNAUTHENTICATED',
  403: 'ACCESS.DENIED',
  404: 'REQUEST.NOT_FOUND',
  405: 'REQUEST.METHOD_NOT_ALLOWED',
  408: 'REQUEST.TIMEOUT',
  413: 'INGESTION.BATCH_TOO_LARGE',
  414: 'REQUEST.INVALID',
  415: 'REQUEST.UNSUPPORTED_MEDIA_TYPE',
  422: 'REQUEST.INVALID',
};

/** Makes an error of ours of anything that was thrown. What we don't know is `INTERNAL.UNEXPECTED` and says no more. */
export function knownError(thrown: unknown): KeytrailError {
  if (thrown instanceof KeytrailError) return thrown;
  if (typeof thrown !== 'object' || thrown === null) return new KeytrailError('INTERNAL.UNEXPECTED');
  const { code, status, statusCode } = thrown as { code?: unknown; status?: unknown; statusCode?: unknown };
  const byCode = typeof code === 'string' ? BY_FRAMEWORK_CODE[code] : undefined;
  const byStatus = BY_STATUS[Number(status ?? statusCode)];
  return new KeytrailError(byCode ?? byStatus ?? 'INTERNAL.UNEXPECTED');
}

export function problemOf(error: KeytrailError, requestId: string): Problem {
  const { title, remedy, http } = ERRORS[error.code];
  const known = { type: `urn:keytrail:error:${error.code}`, title, status: http, code: error.code, remedy, requestId };
  return {
    status: http,
    code: error.code,
    // The facts stand first, so that none of them can take the place of a member.
    body: { ...error.facts, ...known },
    headers: headersOf(error),
  };
}

function headersOf(error: KeytrailError): Readonly<Record<string, string>> {
  if (error.http === 401) return { 'www-authenticate': 'Bearer realm="keytrail"' };
  const { retryAfter, allow } = error.facts;
  if (error.http === 405 && Array.isArray(allow)) return { allow: allow.join(', ') };
  if (error.http !== 503) return {};
  return { 'retry-after': String(typeof retryAfter === 'number' ? Math.ceil(retryAfter) : RETRY_AFTER) };
}
