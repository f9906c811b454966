import type { Entry } from '../../domain/entry.js';
import type { Outcome } from '../../domain/outcome.js';
import type { ActivityRow } from './activity-row.js';
import type { ActivityGroup } from './activity-group.js';

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export const NO_OUTCOMES: OutcomeCounts = { success: 0, failure: 0, unknown: 0 };

export function addOutcome(counts: OutcomeCounts | undefined, outcome: Outcome, count: number): OutcomeCounts {
  return { ...NO_OUTCOMES, ...counts, [outcome]: (counts?.[outcome] ?? 0) + count };
}

export function sumOutcomes(counts: OutcomeCounts): number {
  return counts.success + counts.failure + counts.unknown;
}

/** Names whose number the outside world decides (environments, flags) are counted apart up to this many. */
const NAMES_COUNTED_APART = 1_000;
export const ALL_OTHERS = '(all others)';

/** Counts by name and outcome, bounded. */
export class OutcomeTable {
  readonly #rows = new Map<string, Record<Outcome, number>>();

  add(name: string, outcome: Outcome): void {
    const kept = this.#rows.has(name) || this.#rows.size < NAMES_COUNTED_APART ? name : ALL_OTHERS;
    const row = this.#rows.get(kept) ?? { ...NO_OUTCOMES };
    row[outcome] += 1;
    this.#rows.set(kept, row);
  }

  /** By name. */
  rows(): readonly (readonly [name: string, counts: OutcomeCounts])[] {
    return [...this.#rows].sort(([left], [right]) => (left < right ? -1 : 1));
  }
}

/** What reading every event of the period, in order, counts. */
export interface ActivityCounts {
  readonly events: number;
  readonly outcomes: OutcomeCounts;
  readonly actions: OutcomeTable;
  readonly actorKinds: OutcomeTable;
  readonly days: OutcomeTable;
  readonly environments: OutcomeTable;
  /** Failures without echoes. */
  readonly failedActs: number;
  /** The same by reason; `not recorded` where the record gives none. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly flags: ReadonlyMap<string, number>;
  /** Without echoes. */
  readonly groups: Readonly<Record<ActivityGroup, OutcomeCounts>>;
  readonly echoOutcomes: OutcomeCounts;
  readonly echoes: number;
  /** Requests whose answer is not on the log; their outcome is unknown. */
  readonly unanswered: number;
  /** Events that correct an earlier one. */
  readonly superseding: number;
  /** Recorded only after the period's end. */
  readonly late: number;
  /** Events that name no actor. */
  readonly actorNotRecorded: number;
  /** Identities that could not be opened: erased or expired. */
  readonly identitiesWithheld: number;
  readonly accesses: {
    /** Events of the access group, echoes left out. */
    readonly events: number;
    /** Events among them that name no secret. */
    readonly withoutSecret: number;
    /** Secrets named by them in all: an event that names three counts three times. */
    readonly secretsNamed: number;
  };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export const REASON_NOT_RECORDED = 'not recorded';

/** Folds events into counts. `lateFrom` is the sort key of the period's end. */
export class ActivityTally {
  readonly #groups: Record<ActivityGroup, Record<Outcome, number>> = {
    access: { ...NO_OUTCOMES },
    lookup: { ...NO_OUTCOMES },
    change: { ...NO_OUTCOMES },
    rights: { ...NO_OUTCOMES },
    sign_in: { ...NO_OUTCOMES },
    other: { ...NO_OUTCOMES },
  };
  readonly #echoOutcomes: Record<Outcome, number> = { ...NO_OUTCOMES };
  readonly #outcomes: Record<Outcome, number> = { ...NO_OUTCOMES };
  readonly #reasons = new Map<string, number>();
  readonly #flags = new Map<string, number>();
  readonly #accesses: Mutable<ActivityCounts['accesses']> = { events: 0, withoutSecret: 0, secretsNamed: 0 };
  readonly #tables = {
    actions: new OutcomeTable(),
    actorKinds: new OutcomeTable(),
    days: new OutcomeTable(),
    environments: new OutcomeTable(),
  };
  readonly #sums = {
    events: 0,
    failedActs: 0,
    echoes: 0,
    unanswered: 0,
    superseding: 0,
    late: 0,
    actorNotRecorded: 0,
    identitiesWithheld: 0,
  };

  constructor(private readonly lateFrom: string) {}

  add(row: ActivityRow): void {
    const { entry } = row;
    const { outcome } = entry;
    this.#outcomes[outcome] += 1;
    if (row.echo) this.#echoOutcomes[outcome] += 1;
    else this.#groups[row.group][outcome] += 1;
    this.#tables.actions.add(row.action, outcome);
    this.#tables.actorKinds.add(entry.actor.kind, outcome);
    this.#tables.days.add(row.time.slice(0, 8), outcome);
    this.#tables.environments.add(entry.environment, outcome);
    if (outcome === 'failure' && !row.echo) this.#addFailure(entry.reason);
    for (const flag of entry.flags ?? []) count(this.#flags, flag);
    this.#addSums(row);
    if (row.group === 'access' && !row.echo) this.#addAccess(distinctSecrets(entry));
  }

  counts(): ActivityCounts {
    return {
      ...this.#sums,
      ...this.#tables,
      outcomes: this.#outcomes,
      groups: this.#groups,
      echoOutcomes: this.#echoOutcomes,
      reasons: this.#reasons,
      flags: this.#flags,
      accesses: this.#accesses,
    };
  }

  #addSums(row: ActivityRow): void {
    const sums = this.#sums;
    sums.events += 1;
    if (row.echo) sums.echoes += 1;
    if (row.entry.phase === 'request') sums.unanswered += 1;
    if (row.entry.correlation?.supersedes !== undefined) sums.superseding += 1;
    if (row.recordedAt >= this.lateFrom) sums.late += 1;
    if (row.entry.actor.subject === undefined) sums.actorNotRecorded += 1;
    if ((row.identity.withheld ?? 0) > 0) sums.identitiesWithheld += 1;
  }

  #addFailure(reason: string = REASON_NOT_RECORDED): void {
    this.#sums.failedActs += 1;
    count(this.#reasons, reason);
  }

  #addAccess(secrets: number): void {
    this.#accesses.events += 1;
    this.#accesses.secretsNamed += secrets;
    if (secrets === 0) this.#accesses.withoutSecret += 1;
  }
}

function distinctSecrets({ secrets = [] }: Entry): number {
  return secrets.length < 2 ? secrets.length : new Set(secrets.map(({ uid }) => uid)).size;
}

function count(counts: Map<string, number>, name: string): void {
  const kept = counts.has(name) || counts.size < NAMES_COUNTED_APART ? name : ALL_OTHERS;
  counts.set(kept, (counts.get(kept) ?? 0) + 1);
}
