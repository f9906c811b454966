import { Injectable } from '@nestjs/common';
import { KeytrailError } from '../../../domain/errors.js';
import type { LogPoint } from '../../../domain/position.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import { TRAIL_EVENTS, waiting } from '../../trail-event.view.js';
import type { AskedAt } from './asked.js';
import { TrailPoints } from './trail-points.js';

/**
 * How far a follower may be told of the trail. It asks for what was recorded since the point it was told last, so that
 * point must not pass a request whose answer may still come: shown later, that request would lie behind the follower.
 */
@Injectable()
export class FollowPoint {
  constructor(
    private readonly store: ReadStore,
    private readonly points: TrailPoints,
  ) {}

  async before(at: AskedAt, since: LogPoint): Promise<LogPoint> {
    if (since.epoch !== at.asOf.epoch || !(await this.points.isOnLog(since))) {
      throw new KeytrailError('TRAIL.INVALID_FILTER', { errors: ['since: a point of another log'] });
    }
    const next = at.asOf.next.map((end, partition) => this.#firstWaiting(at, since, partition, end));
    return { epoch: at.asOf.epoch, next: await Promise.all(next) };
  }

  async #firstWaiting(at: AskedAt, since: LogPoint, partition: number, end: number): Promise<number> {
    const from = since.next[partition] ?? 0;
    if (from >= end) return end;
    const filter = {
      all: [
        waiting(this.points.scopeOf(at).waitingFrom),
        { field: 'partition', is: partition },
        { field: 'offset', from, before: end },
      ],
    };
    const first = await this.store.aggregate({
      view: TRAIL_EVENTS.name,
      filter,
      by: ['offset'],
      order: 'key',
      limit: 1,
    });
    return Number(first.buckets[0]?.key[0] ?? end);
  }
}
