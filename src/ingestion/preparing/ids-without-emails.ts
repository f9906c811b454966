import type { Correlation, SourcedEvent } from '../../domain/sourced-event.js';

/** An e-mail address anywhere in a text, also where a URL has encoded it. */
const HOLDS_EMAIL = /[^\s@](?:@|%40)(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}[\p{L}\p{N}-]{1,62}/u;
const FLAG = 'email_in_id';

/**
 * The event without e-mail addresses in the ids that stand in its entry in clear, and in what its own id is made of: such
 * an id is kept as a keyed hash, the same one wherever it stands. Every other id stays as it is.
 */
export function withoutEmailsInIds(event: SourcedEvent, keyedHash: (id: string) => string): SourcedEvent {
  const { nativeId, key, correlation } = event;
  const isFound = [nativeId, key, ...idsOf(correlation)].some((id) => id !== undefined && HOLDS_EMAIL.test(id));
  if (!isFound) return event;
  const hidden = (id: string): string => (HOLDS_EMAIL.test(id) ? `keyed-hash:${keyedHash(id)}` : id);
  return {
    ...event,
    ...(nativeId !== undefined && { nativeId: hidden(nativeId) }),
    ...(key !== undefined && { key: hiddenKey(key, nativeId, hidden) }),
    ...(correlation && { correlation: hiddenLinks(correlation, hidden) }),
    flags: [...event.flags, FLAG],
  };
}

function idsOf({ requestId, sessionId, traceId, changeId, derivedFrom = [] }: Correlation = {}): readonly (
  string | undefined
)[] {
  return [requestId, sessionId, traceId, changeId, ...derivedFrom];
}

/** The keys of one exchange are its id and the phase: an answer is known by the id that its request is kept under. */
function hiddenKey(key: string, nativeId: string | undefined, hidden: (id: string) => string): string {
  if (nativeId === undefined || !key.startsWith(nativeId)) return hidden(key);
  return hidden(hidden(nativeId) + key.slice(nativeId.length));
}

function hiddenLinks(correlation: Correlation, hidden: (id: string) => string): Correlation {
  const { derivedFrom, ...ids } = correlation;
  const links = Object.entries(ids).map(([name, id]) => [name, hidden(id)] as const);
  return { ...Object.fromEntries(links), ...(derivedFrom && { derivedFrom: derivedFrom.map(hidden) }) };
}
