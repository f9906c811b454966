import type { StateChange, StateDocument, StateKey } from '../state-store.port.js';
import type { IndexedState } from './state-document-form.js';

/** What a write brings along: its own mark, and milliseconds since 1970. */
export interface WriteStamp {
  readonly write: string;
  readonly now: number;
}

const ABSENT: Pick<IndexedState, 'version' | 'outbox' | 'waiting_since'> = { version: 0, outbox: [] };
const DELETED = { version: 0, value: '{}' };

/**
 * The document after a change; `undefined` when the expected version is not there, `nothing` when nothing is to be written:
 * what is deleted was not there.
 */
export function changed(
  before: IndexedState | undefined,
  { collection, id, expected, value, events = [] }: StateChange,
  { write, now }: WriteStamp,
): IndexedState | 'nothing' | undefined {
  const { version, outbox: waiting, waiting_since: since = now } = before ?? ABSENT;
  if (version !== expected) return undefined;
  const outbox = [...waiting, ...events.map((event) => JSON.stringify(event))];
  if (!before && value === null && outbox.length === 0) return 'nothing';
  const after = value === null ? DELETED : { version: expected + 1, value: JSON.stringify(value) };
  return { collection, id, ...after, outbox, ...(outbox.length > 0 && { waiting_since: since }), write };
}

export function created(
  { collection, id, value }: StateKey & { readonly value: StateDocument['value'] },
  write: string,
): IndexedState {
  return { collection, id, version: 1, value: JSON.stringify(value), outbox: [], write };
}

/** The document without these events; `undefined` when none of them is there. */
export function cleared(
  { waiting_since: since, ...before }: IndexedState,
  eventIds: readonly string[],
  write: string,
): IndexedState | undefined {
  const gone = new Set(eventIds);
  const outbox = before.outbox.filter((event) => !gone.has((JSON.parse(event) as { readonly id: string }).id));
  if (outbox.length === before.outbox.length) return undefined;
  return { ...before, outbox, ...(outbox.length > 0 && since !== undefined && { waiting_since: since }), write };
}
