import { formatPosition, type LogPoint } from '../domain/position.js';
import { waitAfter, type BackOff } from './back-off.js';
import type { BlockedAt } from './consumer-status.js';
import { hasReached } from './log-walk.js';
import type { PoisonEvent } from './poison-event.js';
import type { ViewTrack } from './view-track.js';

export interface Patience {
  readonly backOff: BackOff;
  /** Failures on one event before somebody has to look. */
  readonly alarmAfter: number;
}

/** A track and how it fares: whether queries see it, and the events it stands before where it can't go on. */
export class TrackedView {
  /** By partition. */
  readonly #blocked = new Map<number, BlockedAt & { readonly retryAt: number }>();

  /** @param target an inactive track takes the active one's place once it has come so far, and as far as that one. */
  constructor(
    readonly track: ViewTrack,
    public active: boolean,
    private readonly target: LogPoint,
  ) {}

  /** @param shown the build that queries see now, if any: what it shows must not be taken back */
  mayReplace(shown: TrackedView | undefined): boolean {
    if (this.active || !hasReached(this.track.shown, this.target)) return false;
    return !shown || hasReached(this.track.shown, shown.track.shown);
  }

  get blocked(): readonly BlockedAt[] {
    return [...this.#blocked.values()].map(({ retryAt: _retryAt, ...blocked }) => blocked);
  }

  /** Milliseconds until the partition is to be tried (again). */
  dueIn(now: Date, partition: number): number {
    const blocked = this.#blocked.get(partition);
    return blocked ? Math.max(0, blocked.retryAt - now.getTime()) : 0;
  }

  /** Milliseconds until each of the partitions that it could not go on in is to be tried again. */
  retriesIn(now: Date): readonly number[] {
    return [...this.#blocked.keys()].map((partition) => this.dueIn(now, partition));
  }

  went(partition: number): void {
    this.#blocked.delete(partition);
  }

  stumbled({ position, code }: PoisonEvent, now: Date, { backOff, alarmAfter }: Patience): void {
    const text = formatPosition(position);
    const known = this.#blocked.get(position.partition);
    const before = known?.position === text ? known : undefined;
    const attempts = (before?.attempts ?? 0) + 1;
    this.#blocked.set(position.partition, {
      view: this.track.view,
      position: text,
      code,
      attempts,
      since: before?.since ?? now.toISOString(),
      alarm: attempts >= alarmAfter,
      retryAt: now.getTime() + waitAfter(attempts, backOff),
    });
  }
}
