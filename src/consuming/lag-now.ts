import { parseLogPoint } from '../domain/position.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import type { ConsumerStatus, Lag, ViewProgress } from './consumer-status.js';
import { measureLag } from './measure-lag.js';

/**
 * How far behind a consumer is, by where its views were last known to stand and what is on the log now. What it said of
 * its lag stands still when its thread is dead or hangs, and just then it has to be told.
 */
export async function lagNow(log: EventLog, { views, lag }: ConsumerStatus, now: Date): Promise<Lag> {
  const points = views
    .filter((view) => leads(view, views))
    .flatMap(({ checkpoint }) => parseLogPoint(checkpoint) ?? []);
  const lags = await Promise.all(points.map((point) => measureLag(log, point, now)));
  return lags.sort((left, right) => right.events - left.events)[0] ?? lag;
}

/** The build that queries see, or the one being filled while there is none. */
function leads({ view, active }: ViewProgress, views: readonly ViewProgress[]): boolean {
  return active || !views.some((other) => other.active && other.view === view);
}
