import { Injectable } from '@nestjs/common';
import type { Lag } from '../../../consuming/consumer-status.js';
import { earliestOf, hasReached } from '../../../consuming/log-walk.js';
import { measureLag } from '../../../consuming/measure-lag.js';
import { KeytrailConfig } from '../../../config/keytrail.config.js';
import { KeytrailError } from '../../../domain/errors.js';
import { formatLogPoint, type LogPoint } from '../../../domain/position.js';
import { Clock } from '../../../platform/clock.js';
import { EventLog } from '../../../storage/event-log/event-log.port.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import type { Cursor } from '../../domain/cursor.js';
import { sortKeyAt } from '../../domain/sort-key.js';
import { SECRET_ALIASES } from '../../secret-alias.view.js';
import { TRAIL_EVENTS, type TrailScope } from '../../trail-event.view.js';
import type { Answer, AskedAt } from './asked.js';

/** What events are told from: what they are, and which secrets their names name. */
const VIEWS = [TRAIL_EVENTS.name, SECRET_ALIASES.name] as const;

/** The points of the log that answers reflect. */
@Injectable()
export class TrailPoints {
  constructor(
    private readonly store: ReadStore,
    private readonly log: EventLog,
    private readonly clock: Clock,
    private readonly config: KeytrailConfig,
  ) {}

  /** What the trail shows now. Throws `TRAIL.NOT_READY` before it shows anything. */
  async now(): Promise<AskedAt> {
    return this.reachedBy(VIEWS);
  }

  /** The same of these views, which stand at points of their own: what all of them show. */
  async reachedBy([view, ...others]: readonly [string, ...string[]]): Promise<AskedAt> {
    return { asOf: await this.#shownBy([view, ...others]), askedAt: this.clock.now().getTime() };
  }

  /**
   * The point at which a list goes on. Throws `TRAIL.INVALID_CURSOR` for one of another log or beyond its end, and `TRAIL.NOT_READY` while
   * the trail, being rebuilt, does not show that much again: a shorter list would look complete.
   */
  async of(cursor: Cursor): Promise<AskedAt> {
    const shown = await this.#shownBy(VIEWS);
    if (shown.epoch !== cursor.asOf.epoch) throw new KeytrailError('TRAIL.INVALID_CURSOR');
    if (!hasReached(shown, cursor.asOf)) {
      throw new KeytrailError((await this.isOnLog(cursor.asOf)) ? 'TRAIL.NOT_READY' : 'TRAIL.INVALID_CURSOR');
    }
    return { asOf: cursor.asOf, askedAt: cursor.askedAt };
  }

  scopeOf({ asOf, askedAt }: AskedAt): TrailScope {
    return { asOf, waitingFrom: sortKeyAt(askedAt - this.config.waits.exchange) };
  }

  /** False for a point beyond the log's end: it was given for another log, or the log was restored. */
  async isOnLog(point: LogPoint): Promise<boolean> {
    return hasReached(await this.log.end(), point);
  }

  /** What an answer says of its point. */
  async answer(point: LogPoint): Promise<Answer> {
    return { asOf: formatLogPoint(point), lag: await this.lagOf(point) };
  }

  lagOf(point: LogPoint): Promise<Lag> {
    return measureLag(this.log, point, this.clock.now());
  }

  async #shownBy([view, ...others]: readonly [string, ...string[]]): Promise<LogPoint> {
    const points = await Promise.all(others.map((other) => this.#shown(other)));
    return earliestOf([await this.#shown(view), ...points]);
  }

  async #shown(view: string): Promise<LogPoint> {
    const active = (await this.store.generations(view)).find((generation) => generation.active);
    if (!active) throw new KeytrailError('TRAIL.NOT_READY');
    return active.checkpoint;
  }
}
