import type { Entry } from '../../domain/entry.js';
import { eventId, exchangeKey } from '../../domain/event-id.js';

/** Above every version that a request can have: offsets stay below 2^51. */
const ANSWER_RANK = 2 ** 51;

/**
 * The document an event stands in. An exchange that a store logs as two events has one document, named by the response,
 * whose id is known before it arrives; a superseding event takes the place of the one it corrects.
 */
export function trailDocumentId(entry: Entry): string {
  if (entry.phase === 'request') return exchangeId(entry, 'response');
  return entry.correlation?.supersedes ?? entry.id;
}

/** Ids by which somebody may look for the document beside its own. */
export function otherIds(entry: Entry): { readonly requestEvent?: string; readonly correction?: string } {
  return {
    ...(entry.phase !== undefined && { requestEvent: exchangeId(entry, 'request') }),
    ...(entry.correlation?.supersedes !== undefined && { correction: entry.id }),
  };
}

function exchangeId(entry: Entry, phase: 'request' | 'response'): string {
  const { kind, instance, nativeId } = entry.source;
  if (nativeId === undefined) return entry.id;
  return eventId({ tenant: entry.tenant, kind, instance, key: exchangeKey(nativeId, phase), n: 0 });
}

/**
 * Which of two events of one document is shown: any response before any request, a later correction before an earlier
 * one, whatever the order they arrive in. `undefined` for an ordinary event, of which the first copy stands.
 */
export function trailDocumentVersion(entry: Entry, offset: number): number | undefined {
  if (entry.phase === 'request') return offset + 1;
  if (entry.phase === 'response' || entry.correlation?.supersedes !== undefined) return ANSWER_RANK + offset + 1;
  return undefined;
}
