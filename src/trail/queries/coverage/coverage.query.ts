import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { InterruptionCause } from '../../../domain/details.js';
import type { Position } from '../../../domain/position.js';
import type { Answer } from '../asking/asked.js';

/** Days of the longest period: ten years and a bit. */
export const DAYS_LIMIT = 3_700;

/** Days of UTC, both inclusive, `2026-11-22`. */
export interface CoveragePeriod {
  readonly from?: string;
  readonly to?: string;
}

export interface CoverageRequest extends CoveragePeriod {
  /** Kinds of sources and instances; default all. */
  readonly sources?: readonly string[];
  readonly instances?: readonly string[];
}

export interface DeliveredAnswer {
  readonly read: number;
  readonly recorded: number;
  /** Absent where the log can't tell. */
  readonly duplicates?: number;
  readonly conflicts: number;
  readonly ignored: number;
  readonly rejected: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** RFC 3339. */
  readonly last?: string;
}

export interface SourceCoverageAnswer {
  readonly kind: string;
  readonly instance: string;
  /** Events on the log; requests, responses and corrections each count. */
  readonly events: number;
  /** Of these, events whose own time is missing or can't be right. */
  readonly unsureTimes: number;
  /** RFC 3339; of events with a sure time. */
  readonly first?: string;
  readonly last?: string;
  /** When the last of them was recorded. */
  readonly lastRecorded?: string;
  /** Since the last event occurred, or since the beginning of the period when there was none; to its end or now. */
  readonly silentSeconds?: number;
  /**
   * Days of the period without any event; where the period has no beginning, from the first day with events, but of the
   * last `DAYS_LIMIT` days only.
   */
  readonly silentDays: number;
  /** The first of them. */
  readonly silentDates: readonly string[];
  /** The day from which silent days were counted, where events began before it. */
  readonly silentDaysFrom?: string;
  readonly delivered: DeliveredAnswer;
  /** Events shown whose outcome is not known. */
  readonly unknownOutcomes: number;
  /** Records not understood that nobody has closed, whenever they were delivered. */
  readonly openDeadLetters: number;
  /** Events on the log that are not shown, because another event with their id came before. */
  readonly doubles: number;
}

/** An event on the log that is not shown, because another one with its id came before. */
export interface DoubleAnswer {
  readonly id: string;
  readonly kind: string;
  readonly instance: string;
  readonly position: Position;
  /** Of the event that is shown. */
  readonly shown?: Position;
}

export interface InterruptionAnswer {
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
  /** Requests refused meanwhile. */
  readonly refused: number;
  readonly cause: InterruptionCause;
}

export interface CoverageAnswer extends Answer {
  readonly sources: readonly SourceCoverageAnswer[];
  /** When nothing could be recorded. */
  readonly interruptions: readonly InterruptionAnswer[];
  /** The first of the sources' doubles. */
  readonly doubles: readonly DoubleAnswer[];
  /** What was not seen, in words. Never empty: what no source told of is not known to have been seen. */
  readonly notSeen: readonly string[];
}

/** What was seen of each source, and what was not. */
export class CoverageQuery extends Query<CoverageAnswer> {
  constructor(
    readonly request: CoverageRequest,
    readonly caller: Caller,
  ) {
    super();
  }
}
