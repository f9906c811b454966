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

/** A track and how it fares: whether queries see it, and the event it stands before when it can't go on. */
export class TrackedView {
  #blocked: (BlockedAt & { readonly retryAt: number }) | undefined;

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

  get blocked(): BlockedAt | undefined {
    if (!this.#blocked) return undefined;
    const { retryAt: _retryAt, ...blocked } = this.#blocked;
    return blocked;
  }

  /** Milliseconds until it is to be tried (again). */
  dueIn(now: Date): number {
    return this.#blocked ? Math.max(0, this.#blocked.retryAt - now.getTime()) : 0;
  }

  went(): void {
    this.#blocked = undefined;
  }

  stumbled({ position, code }: PoisonEvent, now: Date, { backOff, alarmAfter }: Patience): void {
    const text = formatPosition(position);
    const before = this.#blocked?.position === text ? this.#blocked : undefined;
    const attempts = (before?.attempts ?? 0) + 1;
    this.#blocked = {
      view: this.track.view,
      position: text,
      code,
      attempts,
      since: before?.since ?? now.toISOString(),
      alarm: attempts >= alarmAfter,
      retryAt: now.getTime() + waitAfter(attempts, backOff),
    };
  }
}
