import type { IncomingHttpHeaders } from 'node:http';
import { KeytrailError } from '../../domain/errors.js';
import type { NativeDelivery } from '../../ingestion/commands/record-events/record-events.command.js';
import type { RawBody } from '../../platform/http/bodies/raw-body.js';
import { bodyFormat, type BodyFormat } from './body-format.js';
import { deliveryHeaders } from './delivery-headers.js';
import type { DeliveryQueryDto } from './delivery-query.dto.js';

/** What can be the kind of a source. */
export const KIND = /^[a-z][a-z0-9-]{0,62}$/;

/** One request as it arrived. */
export interface Arrival {
  readonly kind: string;
  readonly body: RawBody | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly query: DeliveryQueryDto;
}

/**
 * What a request asks ingestion to record.
 * @throws KeytrailError REQUEST.INVALID, REQUEST.UNSUPPORTED_MEDIA_TYPE
 */
export function deliveryOf({ kind, body, headers, query }: Arrival): NativeDelivery {
  const { instance, environment, supersede, reason } = query;
  if ((supersede === undefined) !== (reason === undefined)) {
    throw new KeytrailError('REQUEST.INVALID', { errors: ['supersede and reason belong together'] });
  }
  const bytes = body?.bytes ?? Buffer.alloc(0);
  return {
    form: 'native',
    kind,
    body: bytes,
    format: formatOf(headers, bytes),
    ...(body?.broken && { broken: true }),
    ...deliveryHeaders(headers),
    ...(instance !== undefined && { instance }),
    ...(environment !== undefined && { environment }),
    ...(reason !== undefined && { supersede: { reason } }),
  };
}

function formatOf(headers: IncomingHttpHeaders, bytes: Buffer): BodyFormat {
  const format = bodyFormat(headers['content-type'], bytes);
  if (!format) {
    throw new KeytrailError('REQUEST.UNSUPPORTED_MEDIA_TYPE', { types: ['application/json', 'application/x-ndjson'] });
  }
  return format;
}
