import type { LogPoint, Position } from '../../domain/position.js';
import type { ItemResult, RecordEventsResult } from '../commands/record-events/record-events.command.js';
import type { Retried } from '../preparing/prepared-delivery.js';
import type { EventPlace, PlannedItem } from './plan-commit.js';

/** The answer to one submission, once everything of it is durable. */
export function submissionResult(
  planned: { readonly items: readonly PlannedItem[]; readonly retried: readonly Retried[]; readonly asOf: LogPoint },
  positionOf: (place: EventPlace) => Position,
  duplicatesKnown: boolean,
): RecordEventsResult {
  const counts = { recorded: 0, duplicates: 0, conflicts: 0, ignored: 0, rejected: 0 };
  const retried = new Map(
    planned.retried.map(({ record, deadLetter, same }) => [record, { deadLetter, closed: same }]),
  );
  const items = planned.items.map((item): ItemResult => {
    const result = itemResult(item, positionOf);
    counts[COUNTED_AS[result.status]] += 1;
    const attempt = retried.get(item.record);
    return attempt ? { ...result, retried: attempt } : result;
  });
  const { duplicates, ...others } = counts;
  return { items, asOf: planned.asOf, read: items.length, ...others, ...(duplicatesKnown && { duplicates }) };
}

const COUNTED_AS = {
  recorded: 'recorded',
  superseded: 'recorded',
  duplicate: 'duplicates',
  conflict: 'conflicts',
  ignored: 'ignored',
  rejected: 'rejected',
} as const;

function itemResult(item: PlannedItem, positionOf: (place: EventPlace) => Position): ItemResult {
  if ('kind' in item) {
    if (item.kind === 'ignored') return { status: 'ignored', reason: item.reason };
    const { id: deadLetter, field } = item.deadLetter;
    return { status: 'rejected', reason: item.reason, ...(field !== undefined && { field }), deadLetter };
  }
  const { status, events, wouldSupersede } = item;
  const ids = events.map(({ id }) => id);
  const positions = events.map(({ at }) => positionOf(at));
  if (status === 'duplicate') return { status, ids, positions, ...(wouldSupersede && { wouldSupersede }) };
  return { status, ids, positions };
}
