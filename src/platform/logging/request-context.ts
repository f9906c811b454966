import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line that is logged on behalf of one request carries. */
export interface RequestContext {
  readonly requestId: string;
  readonly traceId?: string;
}

/** The request that the present code runs for, if any. */
export const requestContext = new AsyncLocalStorage<RequestContext>();
