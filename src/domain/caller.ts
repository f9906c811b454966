import type { Principal } from './principal.js';

/** The caller of a request, as far as its events tell of it. Address and user agent are personal data. */
export interface Caller {
  readonly principal: Principal;
  readonly requestId: string;
  readonly traceId?: string;
  readonly address?: string;
  readonly userAgent?: string;
}
