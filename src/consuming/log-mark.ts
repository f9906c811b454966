import { KeytrailError } from '../domain/errors.js';
import { formatLogPoint, formatPosition, type LogPoint } from '../domain/position.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import type { ViewGeneration } from '../storage/read-store/read-store.port.js';
import type { OpenedEvent } from './opened-event.js';

const MARK = /^(\d+)\.(\d+)\.(\d+)\/([0-9a-f-]{36})$/;

/** What is left with a checkpoint: place and id of the last event before it. `1.0.1200/6f1c...` */
export function markOf(events: readonly OpenedEvent[]): string | undefined {
  const last = events.at(-1);
  return last && `${formatPosition(last.position)}/${last.entry.id}`;
}

/**
 * Makes sure that the log is the one that a view was made of, and still has what the view shows. A log that was replaced
 * or restored from an older copy grows past the view's checkpoint sooner or later: going on from there would leave out
 * what lies below, without a word.
 * @throws KeytrailError STORAGE.NOT_ON_THIS_LOG
 */
export async function assertOnLog(log: EventLog, { view, checkpoint, mark }: ViewGeneration): Promise<void> {
  const [, epoch, partition, offset, id] = MARK.exec(mark ?? '') ?? [];
  if (id === undefined) return;
  const end = await log.end();
  const place = { epoch: Number(epoch), partition: Number(partition), offset: Number(offset) };
  const [record] = await log.read(before(place, end), 1);
  if (record?.id === id && formatPosition(record.position) === formatPosition(place)) return;
  throw new KeytrailError('STORAGE.NOT_ON_THIS_LOG', {
    view,
    point: formatLogPoint(checkpoint),
    end: formatLogPoint(end),
  });
}

/** The point from which the event at the place is read first: the other partitions have nothing to add. */
function before(place: { readonly epoch: number; readonly partition: number; readonly offset: number }, end: LogPoint) {
  const next = end.next.map((others, partition) => (partition === place.partition ? place.offset : others));
  return { epoch: place.epoch, next };
}
