import { eventId } from '../../domain/event-id.js';
import type { PreparedDelivery, PreparedEvent } from '../preparing/prepared-delivery.js';

/** Which event of a store it is, whatever the mapping. */
export type EventName = Pick<PreparedEvent, 'instance' | 'key' | 'n'>;

type From = Pick<PreparedDelivery, 'tenant' | 'kind' | 'mapping'>;

/** The id of an event as it was read first. */
export function firstId({ instance, key, n }: EventName, { tenant, kind }: From): string {
  return eventId({ tenant, kind, instance, key, n });
}

/** The id of the reading by the present mapping of an event that was read before. */
export function supersedingId(event: EventName, from: From): string {
  return readingId(event, from, from.mapping);
}

/** Ids that readings after that by `mapping` have, the newest mapping's first. */
export function laterIds(event: EventName, from: From, mapping: number): readonly string[] {
  return Array.from({ length: Math.max(0, from.mapping - mapping) }, (_, index) =>
    readingId(event, from, from.mapping - index),
  );
}

function readingId({ instance, key, n }: EventName, { tenant, kind }: From, supersedingMapping: number): string {
  return eventId({ tenant, kind, instance, key, n, supersedingMapping });
}
