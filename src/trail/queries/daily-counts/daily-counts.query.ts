import { Query } from '@nestjs/cqrs';
import type { Outcome } from '../../../domain/outcome.js';
import type { Answer, Asked } from '../asking/asked.js';

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export interface DayCounts {
  /** `2026-11-22`, UTC. */
  readonly day: string;
  readonly events: number;
  readonly actions: Readonly<Record<string, OutcomeCounts>>;
}

export interface DailyCountsAnswer extends Answer {
  /**
   * Every day of the period, those without events too. Where it has no end: to the last day with events that is not in the
   * future. Where it has no beginning: from the first day with events, but no more than an answer holds.
   */
  readonly days: readonly DayCounts[];
  /** Those in `earlier` and `later` too. */
  readonly events: number;
  /** Events before the first day shown, and after the last one: their times are in the future. Left out where there are none. */
  readonly earlier?: number;
  readonly later?: number;
  /** Echoes of accesses are left out. */
  readonly withoutEchoes: boolean;
}

/** Matching events by day, action and outcome. Throws `TRAIL.INVALID_FILTER` for more days than an answer holds. */
export class DailyCountsQuery extends Query<DailyCountsAnswer> {
  constructor(readonly asked: Asked) {
    super();
  }
}
