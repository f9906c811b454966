import type { Source, Understood } from '../../sources/source.port.js';

/** What a source makes of a record. One that fails on it rejects it: one bad record must not stop the others. */
export function understoodBy(source: Source, record: object): Understood {
  try {
    const understood = source.understand(record);
    if (understood.kind !== 'events' || understood.events.length > 0) return understood;
    return { kind: 'ignored', reason: 'no_events' };
  } catch {
    return { kind: 'rejected', reason: 'source_failed' };
  }
}
