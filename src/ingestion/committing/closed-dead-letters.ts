import { randomUUID } from 'node:crypto';
import type { LogRecord } from '../../storage/event-log/event-log.port.js';
import type { RandomPool } from '../preparing/random-pool.js';
import { ownEntry, type OwnContext } from './own-entry.js';
import type { PlannedItem } from './plan-commit.js';
import type { NativeSubmission } from './submission.js';
import { logRecord } from './trail-events.js';

/** Closes the dead letters whose records were understood at this attempt: nothing when there are none. */
export function closedDeadLetters(
  { retries = [], actor }: NativeSubmission,
  items: readonly PlannedItem[],
  context: OwnContext & { readonly random: RandomPool },
): readonly LogRecord[] {
  const rejected = new Set(items.filter(isRejected).map(({ record }) => record));
  const read = new Set(items.map(({ record }) => record));
  const ids = retries.filter((_, record) => read.has(record) && !rejected.has(record));
  if (ids.length === 0) return [];
  const facts = {
    id: randomUUID(),
    action: 'keytrail.dead_letters_closed',
    outcome: 'success' as const,
    occurredAt: context.recordedAt,
    details: { ids },
  };
  return [logRecord(facts, ownEntry(facts, [], actor, context))];
}

function isRejected(item: PlannedItem): boolean {
  return 'kind' in item && item.kind === 'rejected';
}
