import { formatLogPoint } from '../../domain/position.js';
import type { ItemResult, RecordEventsResult } from '../../ingestion/commands/record-events/record-events.command.js';

export interface RecordedAnswer extends Omit<RecordEventsResult, 'items' | 'asOf'> {
  readonly items: readonly (ItemResult & { readonly item: number })[];
  /** The point up to which the log holds everything of this request. */
  readonly asOf: string;
}

/** The answer to a delivery, as JSON text: each item with its number from 0. */
export function recordedAnswer(result: RecordEventsResult, onlyFailed: boolean): string {
  const items: (ItemResult & { readonly item: number })[] = [];
  for (const [item, told] of result.items.entries()) {
    if (!onlyFailed || wantsCare(told)) items.push({ item, ...told });
  }
  return JSON.stringify({ ...result, items, asOf: formatLogPoint(result.asOf) } satisfies RecordedAnswer);
}

/** Not understood, contradicted, understood otherwise by a newer mapping, or a second attempt. */
function wantsCare(item: ItemResult): boolean {
  if (item.retried) return true;
  if (item.status === 'duplicate') return item.wouldSupersede === true;
  return item.status === 'rejected' || item.status === 'conflict';
}
