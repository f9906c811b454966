import { errors } from '@elastic/elasticsearch';
import { KeytrailError } from '../../domain/errors.js';

/** Elasticsearch's own names for what went wrong; short words of a fixed list, never a document's. */
const KNOWN_TYPE = /^[a-z_]{1,60}_(?:exception|error)$/;

/** What the cluster said of a call that it refused. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
}

/** `undefined` for what is no answer of the cluster: it was not reached, or took too long. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof errors.ResponseError)) return undefined;
  const body = error.body as { readonly error?: { readonly type?: unknown } } | undefined;
  const type = body?.error?.type;
  return {
    status: error.statusCode ?? 0,
    type: typeof type === 'string' && KNOWN_TYPE.test(type) ? type : 'unknown',
  };
}

/**
 * What a store tells its callers about a failure of the cluster: a code, the store's name and a reason of ours. The client's
 * own words stay behind, as they quote documents and addresses.
 */
export function elasticsearchError(error: unknown, store: string): unknown {
  const refusal = refusalOf(error);
  if (refusal) return refusedError(refusal, store);
  if (error instanceof errors.TimeoutError) return unavailable(store, 'timeout');
  if (error instanceof errors.ElasticsearchClientError) return unavailable(store, 'not-reached');
  return error;
}

export function refusedError({ status, type }: Refusal, store: string): KeytrailError {
  if (type === 'cluster_block_exception' && status === 429) return new KeytrailError('STORAGE.DISK_FULL', { store });
  if (status === 401 || status === 403) return unavailable(store, 'no-right');
  if (status === 429) return unavailable(store, 'busy');
  if (status >= 500) return unavailable(store, 'cluster');
  return new KeytrailError('INTERNAL.UNEXPECTED', { store, status, type });
}

function unavailable(store: string, reason: string): KeytrailError {
  return new KeytrailError('STORAGE.UNAVAILABLE', { store, reason });
}
