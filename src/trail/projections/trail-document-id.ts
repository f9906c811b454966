import type { Entry } from '../../domain/entry.js';
import { eventId, exchangeKey } from '../../domain/event-id.js';

/**
 * Between the ranks of what may stand in one document: a request, its correction, a response, a response's or an ordinary
 * event's correction. Offsets and versions of mappings stay below it.
 */
const RANK = 2 ** 50;

/**
 * The document an event stands in. An exchange that a store logs as two events has one document, named by the response,
 * whose id is known before it arrives; a superseding event takes the place of the one it corrects.
 */
export function trailDocumentId(entry: Entry): string {
  if (entry.phase === 'request') return exchangeId(entry, 'response');
  return entry.correlation?.supersedes ?? entry.id;
}

/** The id of the request beside which the event stands, by which somebody may look for the document. */
export function requestEventId(entry: Entry): string | undefined {
  return entry.phase === undefined ? undefined : exchangeId(entry, 'request');
}

function exchangeId(entry: Entry, phase: 'request' | 'response'): string {
  const { kind, instance, nativeId } = entry.source;
  if (nativeId === undefined) return entry.id;
  return eventId({ tenant: entry.tenant, kind, instance, key: exchangeKey(nativeId, phase), n: 0 });
}

export interface DocumentVersion {
  /** `undefined` for an ordinary event, of which the first copy stands. */
  readonly version: number | undefined;
  /** The versions, from and below, of other events under the same id: one that finds them there is a double. */
  readonly doubles: readonly [from: number, below: number];
}

/**
 * Which of the events of one document is shown, whatever the order they arrive in: any response before any request, a
 * correction before what it corrects, the one by the newest mapping before the others. Of two under one id the first on
 * the log: nobody changes what is shown by sending it once more.
 */
export function trailDocumentVersion({ phase, source, correlation }: Entry, offset: number): DocumentVersion {
  const answered = phase === 'request' ? 0 : 2 * RANK;
  if (correlation?.supersedes !== undefined) {
    const version = answered + RANK + source.mapping;
    return { version, doubles: [version, version + 1] };
  }
  if (phase === undefined) return { version: undefined, doubles: [0, Number.MAX_SAFE_INTEGER] };
  const doubles = phase === 'request' ? ([0, RANK] as const) : ([answered, Number.MAX_SAFE_INTEGER] as const);
  return { version: answered + RANK - 1 - offset, doubles };
}
