import type { IngestedDetails, InterruptedDetails, InterruptionCause, RefusedDetails } from '../../domain/details.js';
import type { Entry } from '../../domain/entry.js';
import type { SourceName } from './source-activity.js';

/** What was delivered for one source, whatever the period of its records. */
export interface SourceIntake extends SourceName {
  readonly deliveries: number;
  readonly read: number;
  readonly recorded: number;
  /** `undefined` where the log can't tell. */
  readonly duplicates: number | undefined;
  readonly conflicts: number;
  readonly ignored: number;
  /** Records not understood, by reason. */
  readonly rejected: ReadonlyMap<string, number>;
  /** Duplicates that the present mapping would understand otherwise. */
  readonly wouldSupersede: number;
}

/** A time in which not everything could be recorded. RFC 3339. */
export interface Interruption {
  readonly from: string;
  readonly to: string;
  readonly refused: number;
  readonly cause: InterruptionCause;
}

export interface Intake {
  readonly sources: readonly SourceIntake[];
  readonly interruptions: { readonly listed: readonly Interruption[]; readonly total: number };
  /** Requests to record that were refused, by code. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly conflicts: number;
}

const INTERRUPTIONS_LISTED = 200;

interface Running {
  readonly name: SourceName;
  readonly sums: Record<'deliveries' | 'read' | 'recorded' | 'conflicts' | 'ignored' | 'wouldSupersede', number>;
  duplicates: number | undefined;
  readonly rejected: Map<string, number>;
}

/** Folds the events that tell of the sources' health (`trail.*`). */
export class IntakeTally {
  readonly #sources = new Map<string, Running>();
  readonly #interruptions: Interruption[] = [];
  readonly #refusals = new Map<string, number>();
  #interrupted = 0;
  #conflicts = 0;

  add(entry: Entry): void {
    const details = entry.details ?? {};
    switch (entry.action) {
      case 'trail.ingested':
        // A continued one only names further dead letters: its counts stand in its first part.
        if ((entry.part?.[0] ?? 1) === 1) this.#addDelivery(entry.source, details as IngestedDetails);
        break;
      case 'trail.interrupted':
        this.#addInterruption(details as InterruptedDetails);
        break;
      case 'trail.refused':
        this.#addRefusal(details as RefusedDetails);
        break;
      case 'trail.identity_conflict':
        this.#conflicts += 1;
        break;
    }
  }

  /** Sources by kind and instance. */
  intake(): Intake {
    const keys = [...this.#sources.keys()].sort();
    return {
      sources: keys.flatMap((key) => {
        const source = this.#sources.get(key);
        if (!source) return [];
        return [{ ...source.name, ...source.sums, duplicates: source.duplicates, rejected: source.rejected }];
      }),
      interruptions: { listed: this.#interruptions, total: this.#interrupted },
      refusals: this.#refusals,
      conflicts: this.#conflicts,
    };
  }

  #addDelivery({ kind, instance }: SourceName, details: IngestedDetails): void {
    const source = this.#source({ kind, instance });
    source.sums.deliveries += 1;
    for (const name of ['read', 'recorded', 'conflicts', 'ignored'] as const) source.sums[name] += details[name];
    source.sums.wouldSupersede += details.wouldSupersede ?? 0;
    source.duplicates =
      details.duplicates === undefined || source.duplicates === undefined
        ? undefined
        : source.duplicates + details.duplicates;
    for (const [reason, count] of Object.entries(details.rejected)) {
      source.rejected.set(reason, (source.rejected.get(reason) ?? 0) + count);
    }
  }

  #source(name: SourceName): Running {
    const key = `${name.kind}\n${name.instance}`;
    let source = this.#sources.get(key);
    if (!source) {
      const sums = { deliveries: 0, read: 0, recorded: 0, conflicts: 0, ignored: 0, wouldSupersede: 0 };
      source = { name, sums, duplicates: 0, rejected: new Map() };
      this.#sources.set(key, source);
    }
    return source;
  }

  #addInterruption({ from, to, refused, cause }: InterruptedDetails): void {
    this.#interrupted += 1;
    if (this.#interruptions.length < INTERRUPTIONS_LISTED) this.#interruptions.push({ from, to, refused, cause });
  }

  #addRefusal({ code, count }: RefusedDetails): void {
    this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + count);
  }
}

export function rejectedRecords(source: SourceIntake): number {
  return [...source.rejected.values()].reduce((sum, count) => sum + count, 0);
}
