import type { FilePart } from '../commands/record-events/record-events.command.js';
import type { DeliveryPlace } from './recording-place.js';

/** A delivery with all that preparing it depends on. Plain data that can cross threads. */
export interface DeliveryToPrepare {
  readonly kind: string;
  readonly body: Uint8Array;
  readonly format: 'json' | 'ndjson';
  /** The body could not be decompressed. */
  readonly broken?: boolean;
  readonly place: DeliveryPlace;
  readonly idempotencyKey?: string;
  readonly file?: FilePart;
  readonly supersede: boolean;
  readonly requestId: string;
  readonly tenant: string;
  /** RFC 3339, UTC. */
  readonly recordedAt: string;
  /** Records in one request; `bytes` is told with a refusal. */
  readonly limits: { readonly records: number; readonly bytes: number };
}
