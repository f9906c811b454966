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
  /** Every day of the period, those without events too; without a period, from the first day with events to the last. */
  readonly days: readonly DayCounts[];
  readonly events: number;
  /** Echoes of accesses are left out. */
  readonly withoutEchoes: boolean;
}

/** Matching events by day, action and outcome. Throws `TRAIL.INVALID_FILTER` for more days than an answer holds. */
export class DailyCountsQuery extends Query<DailyCountsAnswer> {
  constructor(readonly asked: Asked) {
    super();
  }
}
