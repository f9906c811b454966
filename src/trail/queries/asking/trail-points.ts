import { Injectable } from '@nestjs/common';
import type { Lag } from '../../../consuming/consumer-status.js';
import { hasReached } from '../../../consuming/log-walk.js';
import { measureLag } from '../../../consuming/measure-lag.js';
import { KeytrailConfig } from '../../../config/keytrail.config.js';
import { KeytrailError } from '../../../domain/errors.js';
import { formatLogPoint, type LogPoint } from '../../../domain/position.js';
import { Clock } from '../../../platform/clock.js';
import { EventLog } from '../../../storage/event-log/event-log.port.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import type { Cursor } from '../../domain/cursor.js';
import { sortKeyAt } from '../../domain/sort-key.js';
import { TRAIL_EVENTS, type TrailScope } from '../../trail-event.view.js';
import type { Answer, AskedAt } from './asked.js';

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
    return { asOf: await this.#shown(TRAIL_EVENTS.name), askedAt: this.clock.now().getTime() };
  }

  /**
   * The point at which a list goes on. Throws `TRAIL.INVALID_CURSOR` for one of another log, and `TRAIL.NOT_READY` while
   * the trail, being rebuilt, does not show that much again: a shorter list would look complete.
   */
  async of(cursor: Cursor): Promise<AskedAt> {
    const shown = await this.#shown(TRAIL_EVENTS.name);
    if (shown.epoch !== cursor.asOf.epoch) throw new KeytrailError('TRAIL.INVALID_CURSOR');
    if (!hasReached(shown, cursor.asOf)) throw new KeytrailError('TRAIL.NOT_READY');
    return { asOf: cursor.asOf, askedAt: cursor.askedAt };
  }

  scopeOf({ asOf, askedAt }: AskedAt): TrailScope {
    return { asOf, waitingFrom: sortKeyAt(askedAt - this.config.waits.exchange) };
  }

  /** What an answer says of its point. */
  async answer(point: LogPoint): Promise<Answer> {
    return { asOf: formatLogPoint(point), lag: await this.lagOf(point) };
  }

  lagOf(point: LogPoint): Promise<Lag> {
    return measureLag(this.log, point, this.clock.now());
  }

  async #shown(view: string): Promise<LogPoint> {
    const active = (await this.store.generations(view)).find((generation) => generation.active);
    if (!active) throw new KeytrailError('TRAIL.NOT_READY');
    return active.checkpoint;
  }
}
