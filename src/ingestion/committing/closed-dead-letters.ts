import { randomUUID } from 'node:crypto';
import type { LogRecord } from '../../storage/event-log/event-log.port.js';
import type { RandomPool } from '../preparing/random-pool.js';
import { ownEntry, type OwnContext } from './own-entry.js';
import type { NativeSubmission } from './submission.js';
import { logRecord } from './trail-events.js';

/** Closes the dead letters whose very records were understood at this attempt: nothing when there are none. */
export function closedDeadLetters(
  { delivery, actor }: NativeSubmission,
  context: OwnContext & { readonly random: RandomPool },
): readonly LogRecord[] {
  const ids = delivery.retried.flatMap(({ deadLetter, same }) => (same ? [deadLetter] : []));
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
