import type { LogPoint } from '../domain/position.js';

/** The point before the first event of a log that ends at the given point. */
export function beginningOf(end: LogPoint): LogPoint {
  return { epoch: end.epoch, next: end.next.map(() => 0) };
}

/** What all of the points have reached; they are of one log. */
export function earliestOf(points: readonly [LogPoint, ...LogPoint[]]): LogPoint {
  const [first] = points;
  const next = first.next.map((_, partition) => Math.min(...points.map((point) => point.next[partition] ?? 0)));
  return { epoch: first.epoch, next };
}

/** True when everything below `target` lies below `point` too. */
export function hasReached(point: LogPoint, target: LogPoint): boolean {
  return point.epoch === target.epoch && target.next.every((next, partition) => (point.next[partition] ?? 0) >= next);
}
