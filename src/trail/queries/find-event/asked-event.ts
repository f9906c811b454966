import { EVENT_WITHDRAWN } from '../../../domain/action.js';
import type { Entry } from '../../../domain/entry.js';
import { requestEventId, trailDocumentId } from '../../projections/trail-document-id.js';

/** What became of the event that was asked for, of which another one is shown. */
export interface AskedEvent {
  readonly id: string;
  /** Withdrawn: by a later mapping there is no such event. */
  readonly became: 'answered' | 'superseded' | 'withdrawn';
  /** The id of the event that is shown. */
  readonly by: string;
}

/** True for the id of an answer in whose place the request still stands: whether there is such an event is not known. */
export function isOnlyAwaited(id: string, shown: Entry): boolean {
  return shown.phase === 'request' && id !== shown.id && id === trailDocumentId(shown);
}

/** `undefined` where the event is the one that was asked for. */
export function askedFor(id: string, shown: Entry): AskedEvent | undefined {
  const { id: by, action, phase } = shown;
  if (id === by) return undefined;
  if (action === EVENT_WITHDRAWN) return { id, became: 'withdrawn', by };
  const wasAnswered = phase === 'response' && id === requestEventId(shown);
  return { id, became: wasAnswered ? 'answered' : 'superseded', by };
}
