import { canonicalJson } from './canonical-json.js';
import { eventUuid } from './uuid.js';

/** What makes an event the same event, however often and by whichever device it arrives. */
export interface EventIdentity {
  readonly tenant: string;
  readonly kind: string;
  readonly instance: string;
  /** Native unique key, or the keyed hash that stands for it. */
  readonly key: string;
  /** The event's number within its record, from 0. */
  readonly n: number;
  /** Only of a superseding event: the mapping version that understood it. */
  readonly supersedingMapping?: number;
}

/** UUIDv5 of the RFC 8785 form of `[tenant, kind, instance, key, n]`; a superseding event's has its mapping version too. */
export function eventId(identity: EventIdentity): string {
  const { tenant, kind, instance, key, n, supersedingMapping } = identity;
  const name = [tenant, kind, instance, key, n];
  return eventUuid(canonicalJson(supersedingMapping === undefined ? name : [...name, supersedingMapping]));
}

/** The key of one of the two events that a store logs for one exchange (Vault's request and response). */
export function exchangeKey(requestId: string, phase: 'request' | 'response'): string {
  return `${requestId}:${phase}`;
}
