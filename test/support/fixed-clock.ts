import { Clock } from '../../src/platform/clock.js';

/** A clock that a spec sets. */
export class FixedClock extends Clock {
  constructor(private time = '2026-11-22T12:00:00.000Z') {
    super();
  }

  override now(): Date {
    return new Date(this.time);
  }

  set(time: string): void {
    this.time = time;
  }
}
