import type { Redaction, SourcedEvent } from '../domain/sourced-event.js';
import type { Source, Understood } from './source.port.js';

/** How one record would be recorded, for people to read: what is kept of it, and what is dropped under which rule. */
export interface Explanation {
  readonly source: string;
  readonly mapping: number;
  readonly records: readonly RecordExplanation[];
}

export interface RecordExplanation {
  readonly result: Understood['kind'];
  /** Why it is ignored or rejected. */
  readonly reason?: string;
  readonly events: readonly SourcedEvent[];
  /** Over all its events, by the source's own rule paths. */
  readonly dropped: readonly Redaction[];
}

/**
 * Explains a record, wrapped or not. Pure; the events hold personal data in clear, for the one who holds the record
 * anyway.
 */
export function explain(source: Source, value: unknown): Explanation {
  return {
    source: source.kind,
    mapping: source.mapping,
    records: source.unwrap(value).map((record) => explainRecord(source.understand(record))),
  };
}

function explainRecord(understood: Understood): RecordExplanation {
  if (understood.kind !== 'events')
    return { result: understood.kind, reason: understood.reason, events: [], dropped: [] };
  return { result: 'events', events: understood.events, dropped: totals(understood.events) };
}

function totals(events: readonly SourcedEvent[]): readonly Redaction[] {
  const counts = new Map<string, number>();
  for (const { path, count } of events.flatMap((event) => event.redactions)) {
    counts.set(path, (counts.get(path) ?? 0) + count);
  }
  return Array.from(counts, ([path, count]) => ({ path, count }));
}
