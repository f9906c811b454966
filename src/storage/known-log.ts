import { KeytrailError } from '../domain/errors.js';
import type { StateKey, StateStore } from './state-store/state-store.port.js';

const PLACE: StateKey = { collection: 'storage', id: 'event-log' };

/**
 * Makes sure that the event log is the one that the state store has always stood beside, and remembers it at the first
 * start. An empty log in place of a lost one would take events as if there never had been others.
 * @throws KeytrailError STORAGE.NOT_ON_THIS_LOG
 */
export async function assertKnownLog(state: StateStore, logId: string): Promise<void> {
  const known = (await state.get(PLACE)) ?? (await state.createMany([{ ...PLACE, value: { logId } }]))[0];
  if (known?.value['logId'] === logId) return;
  throw new KeytrailError('STORAGE.NOT_ON_THIS_LOG', {
    store: 'event_log',
    problem: 'events.sqlite is not the file that state.sqlite belongs to',
  });
}
