import { hash } from 'node:crypto';
import type { Redaction, SourcedEvent } from '../../domain/sourced-event.js';
import type { Source } from '../../sources/source.port.js';
import { withoutEmailsInIds } from '../preparing/ids-without-emails.js';
import { judgeTime } from '../preparing/event-time.js';
import { keepEvent } from '../preparing/keep-event.js';
import { TextKeeper } from '../preparing/text-keeper.js';
import { understoodBy } from '../preparing/understood-by.js';
import type { FaultyRecord, ReadableRecord } from '../reading/native-record.js';
import { splitBody } from '../reading/split-body.js';
import type { ExplainedEvent, ExplainedRecord, RecordExplanation } from './describe-record.js';
import type { FileRecord } from './record-splitter.js';

/**
 * What a record of a file would be recorded as, by the very steps of ingestion; several where it wraps several.
 * @param now milliseconds since 1970, as a time in the future is flagged.
 */
export function explainRecords(source: Source, record: FileRecord, now: number): readonly ExplainedRecord[] {
  const { bytes, line, byte } = record;
  const place = { line, byte };
  if (!bytes) return [{ ...place, ...unread('rejected', 'too_long') }];
  const unwrap = (value: unknown): readonly unknown[] => source.unwrap(value);
  return Array.from(splitBody({ bytes, format: 'json', unwrap }), ({ content }) => ({
    ...place,
    ...explainContent(source, content, now),
    ...('canonical' in content && { digest: hash('sha256', content.canonical, 'hex') }),
  }));
}

/** The installation's key is not here. */
const UNKNOWN_HASH = (): string => '...';

function unread(result: 'ignored' | 'rejected', reason: string, field?: string): RecordExplanation {
  return { result, reason, ...(field !== undefined && { field }), events: [], dropped: [], redacted: {} };
}

function explainContent(source: Source, content: ReadableRecord | FaultyRecord, now: number): RecordExplanation {
  if ('fault' in content) return unread('rejected', content.fault);
  const understood = understoodBy(source, content.value);
  if (understood.kind === 'ignored') return unread('ignored', understood.reason);
  if (understood.kind === 'rejected') return unread('rejected', understood.reason, understood.field);
  const redacted: Record<string, number> = {};
  const events = understood.events.map((event) => {
    const keeper = new TextKeeper();
    for (const flag of content.flags) keeper.flags.add(flag);
    const kept = keepEvent(withoutEmailsInIds(event, UNKNOWN_HASH), keeper);
    for (const rule of keeper.rules) redacted[rule] = (redacted[rule] ?? 0) + 1;
    return asStored(kept, now);
  });
  return { result: 'events', events, dropped: totals(understood.events), redacted };
}

function asStored({ occurredAt, flags, ...event }: SourcedEvent, now: number): ExplainedEvent {
  const time = judgeTime(occurredAt, now);
  const shown = [...new Set([...flags, ...time.flags])].sort();
  return { ...event, ...(time.occurredAt !== undefined && { occurredAt: time.occurredAt }), flags: shown };
}

function totals(events: readonly SourcedEvent[]): readonly Redaction[] {
  const counts = new Map<string, number>();
  for (const { path, count } of events.flatMap((event) => event.redactions))
    counts.set(path, (counts.get(path) ?? 0) + count);
  return Array.from(counts, ([path, count]) => ({ path, count }));
}
