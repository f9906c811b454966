import type { FoldedBody } from '../consuming/projection.js';
import type { Position } from '../domain/position.js';
import type { ViewDefinition } from '../storage/read-store/read-store.port.js';

/** What came from one source on one day (UTC), folded; one document for each source, day and partition of the log. */
export const SOURCE_COVERAGE = {
  name: 'source_coverage',
  version: 3,
  fields: {
    /** Where on the log the first event of it is, for answers as of a point. */
    partition: { type: 'number' },
    offset: { type: 'number' },
    kind: { type: 'keyword' },
    instance: { type: 'keyword' },
  },
} as const satisfies ViewDefinition;

/** Counts of one source and day. Sort keys are those of domain/timestamp.ts. */
export interface SourceDay {
  readonly kind: string;
  readonly instance: string;
  /** `2026-11-22`. */
  readonly day: string;
  /** Of the first event or delivery that told of it. */
  readonly began: Position;
  /** Events on the log that occurred that day; requests, responses and corrections each count. */
  readonly events: number;
  /** Of these, events without a time that can be relied on; they count for the day they were recorded on. */
  readonly unsureTimes: number;
  /** Sort keys of the first and last event with a sure time. */
  readonly first?: string;
  readonly last?: string;
  /** Sort key of when the last of these events was recorded. */
  readonly lastRecorded?: string;
  /** What was delivered that day, as ingestion counted it. */
  readonly delivered: DeliveredCounts;
}

export interface DeliveredCounts {
  /** Group commits that told of this source. */
  readonly commits: number;
  readonly read: number;
  readonly recorded: number;
  /** Absent where the log can't tell. */
  readonly duplicates?: number;
  readonly conflicts: number;
  readonly ignored: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Sort key of the last delivery. */
  readonly last?: string;
}

export type SourceCoverageBody = FoldedBody<SourceDay>;
