/** A place in the event log. Offsets rise within a partition; a restored log begins a new epoch. */
export interface Position {
  readonly epoch: number;
  readonly partition: number;
  readonly offset: number;
}

/**
 * How far a reader has come, or what an answer reflects: one epoch and, for each partition, the offset of the next event,
 * so that everything below it is included and an empty partition stands at 0.
 */
export interface LogPoint {
  readonly epoch: number;
  readonly next: readonly number[];
}

/** `1:0=1201,1=88`: epoch, then partition=next offset. The form that cursors, checkpoints and run records keep. */
export function formatLogPoint(point: LogPoint): string {
  return `${point.epoch}:${point.next.map((next, partition) => `${partition}=${next}`).join(',')}`;
}

/** The form of a log point as text. */
export const LOG_POINT = /^(\d{1,15}):((?:\d{1,6}=\d{1,15})(?:,\d{1,6}=\d{1,15})*)$/;

/** Reads what `formatLogPoint` wrote; anything else is `undefined`. */
export function parseLogPoint(text: string): LogPoint | undefined {
  const match = LOG_POINT.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const next: number[] = [];
  for (const [index, pair] of match[2].split(',').entries()) {
    const [partition, offset] = pair.split('=').map(Number);
    if (partition !== index || offset === undefined) return undefined;
    next.push(offset);
  }
  return { epoch: Number(match[1]), next };
}

/** True when the position lies before the point, that is, when the point's reader has seen it. */
export function includes(point: LogPoint, position: Position): boolean {
  return point.epoch === position.epoch && position.offset < (point.next[position.partition] ?? 0);
}

/** The point after events that were read, or written, from `from` on. */
export function pointAfter(from: LogPoint, positions: Iterable<Position>): LogPoint {
  const next = [...from.next];
  for (const { partition, offset } of positions) {
    while (next.length <= partition) next.push(0);
    next[partition] = Math.max(next[partition] ?? 0, offset + 1);
  }
  return { epoch: from.epoch, next };
}

/** The point with another place in one partition. */
export function withNext({ epoch, next }: LogPoint, partition: number, offset: number): LogPoint {
  const length = Math.max(next.length, partition + 1);
  return { epoch, next: Array.from({ length }, (_, index) => (index === partition ? offset : (next[index] ?? 0))) };
}

/**
 * Where a checkpoint stands after a step: only the partitions that the step is about are compared and moved. `undefined`
 * where one of them is not where the step begins.
 */
export function moveFrom(stored: LogPoint, from: LogPoint, to: LogPoint): LogPoint | undefined {
  if (stored.epoch !== from.epoch || from.epoch !== to.epoch) return undefined;
  let after = stored;
  for (const [partition, next = 0] of to.next.entries()) {
    const began = from.next[partition] ?? 0;
    if (began === next) continue;
    if ((stored.next[partition] ?? 0) !== began) return undefined;
    after = withNext(after, partition, next);
  }
  return after;
}

/** How many events lie between two points of one epoch; what is behind counts as 0. */
export function eventsBetween(from: LogPoint, to: LogPoint): number {
  return to.next.reduce((sum, next, partition) => sum + Math.max(0, next - (from.next[partition] ?? 0)), 0);
}

/** `1.0.1201`: one event's position as people write it. */
export function formatPosition(position: Position): string {
  return `${position.epoch}.${position.partition}.${position.offset}`;
}
