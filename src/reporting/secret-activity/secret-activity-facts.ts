import type { Reason } from '../../domain/outcome.js';
import type { PersonIdentity } from '../../domain/identity.js';
import type { Accessor, Actor, SecretAccesses } from '../domain/accessor-join.js';
import type { ActivityRow } from '../domain/activity-row.js';
import type { ActivityCounts, OutcomeCounts } from '../domain/activity-tally.js';
import type { Intake } from '../domain/intake-tally.js';
import type { ReportPeriod } from '../domain/report-period.js';
import type { ReportRequest, RunStart } from '../domain/report-run.js';
import type { CoverageSpan, SourceActivity } from '../domain/source-activity.js';
import type { TieOutCheck, TieOutCounts } from '../domain/tie-out.js';

/** The lines that are printed, and how many there are in all. */
export interface Listing<Line> {
  readonly lines: readonly Line[];
  readonly total: number;
}

/** `person` only in a named report. */
export interface Who extends Actor {
  readonly person?: PersonIdentity;
}

export type AccessorLine = Accessor & Who;

export interface AccessLine extends SecretAccesses {
  readonly who: Who;
}

export interface SecretLine {
  readonly secret: string;
  readonly outcomes: OutcomeCounts;
  /** Different actors with a subject whose access succeeded. */
  readonly accessors: number;
  readonly first: string;
  readonly last: string;
}

export interface FailureLine {
  readonly reason: Reason | null;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

export interface ActorFailures extends FailureLine {
  readonly who: Who;
}

export interface SecretFailures extends FailureLine {
  readonly secret: string | null;
}

/** Everything that the pages of one `secret-activity` report are drawn from. */
export interface SecretActivityFacts {
  readonly runId: string;
  readonly request: ReportRequest;
  readonly start: RunStart;
  readonly requestedAt: string;
  readonly requester: Who;
  readonly comparison: ReportPeriod;
  readonly coverage: CoverageSpan;
  readonly counts: ActivityCounts;
  readonly tieOut: TieOutCounts;
  readonly checks: readonly TieOutCheck[];
  /** Keytrail's own acts and the health of sources in the period, by action. */
  readonly own: readonly (readonly [action: string, count: number])[];
  readonly people: Listing<AccessorLine>;
  /** Services, workloads and stores. */
  readonly machines: Listing<AccessorLine>;
  /** Actors of unknown kind, or without a subject. */
  readonly unknown: Listing<AccessorLine>;
  readonly accesses: Listing<AccessLine>;
  readonly secrets: Listing<SecretLine>;
  readonly failuresByActor: Listing<ActorFailures>;
  readonly failuresBySecret: Listing<SecretFailures>;
  readonly failures: Listing<ActivityRow>;
  readonly changes: Listing<ActivityRow>;
  readonly gained: Listing<AccessLine>;
  readonly lapsed: Listing<AccessLine>;
  /** Events of the comparison period. */
  readonly earlierEvents: number;
  readonly sources: readonly SourceActivity[];
  readonly intake: Intake;
  /** Names of secrets that stand for another name. */
  readonly aliases: number;
}
