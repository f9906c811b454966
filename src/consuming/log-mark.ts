import { KeytrailError } from '../domain/errors.js';
import { formatLogPoint, formatPosition, withNext } from '../domain/position.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import type { ViewGeneration } from '../storage/read-store/read-store.port.js';
import type { OpenedEvent } from './opened-event.js';

const MARK = /^(\d+)\.(\d+)\.(\d+)\/([0-9a-f-]{36})$/;

/** What is left with a partition's checkpoint: place and id of the last event before it. `1.0.1200/6f1c...` */
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
export async function assertOnLog(log: EventLog, { view, checkpoint, marks }: ViewGeneration): Promise<void> {
  const end = await log.end();
  for (const mark of Object.values(marks)) {
    const [, epoch, partition, offset, id] = MARK.exec(mark) ?? [];
    if (id === undefined) continue;
    const place = { epoch: Number(epoch), partition: Number(partition), offset: Number(offset) };
    const from = { ...withNext(end, place.partition, place.offset), epoch: place.epoch };
    const [record] = await log.read(from, 1, [place.partition]);
    if (record?.id === id && formatPosition(record.position) === formatPosition(place)) continue;
    throw new KeytrailError('STORAGE.NOT_ON_THIS_LOG', {
      view,
      point: formatLogPoint(checkpoint),
      end: formatLogPoint(end),
    });
  }
}
