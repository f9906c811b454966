import type { ActivityRow } from './activity-row.js';
import { NO_OUTCOMES, type OutcomeCounts } from './activity-tally.js';
import { TopList } from './top-list.js';
import { sortKeyMilliseconds } from './utc-text.js';
import type { Outcome } from '../../domain/outcome.js';

/** A store whose records are on the log. */
export interface SourceName {
  readonly kind: string;
  readonly instance: string;
}

/** A span without an event, in milliseconds since 1970. It says nothing about why. */
export interface Silence {
  readonly from: number;
  readonly to: number;
}

export interface SourceActivity extends SourceName {
  readonly events: number;
  readonly outcomes: OutcomeCounts;
  readonly echoes: number;
  readonly unanswered: number;
  /** Sort keys; absent where the source has no event in the period. */
  readonly first?: string;
  readonly last?: string;
  /** The longest silences at and above the threshold, longest first, and how many there are. */
  readonly silences: { readonly longest: readonly Silence[]; readonly total: number };
}

/** What coverage is judged by. Milliseconds since 1970. */
export interface CoverageSpan {
  readonly from: number;
  /** The end of the period, or the time of the report where that is earlier. */
  readonly to: number;
  /** A silence at least this long is told of. */
  readonly silence: number;
}

const SILENCES_KEPT = 20;

interface Running {
  readonly name: SourceName;
  readonly outcomes: Record<Outcome, number>;
  events: number;
  echoes: number;
  unanswered: number;
  first?: string;
  last?: string;
  heard: number;
  readonly silences: TopList<Silence>;
}

/** Folds events, in order of time, into what each source showed and how long it was silent. */
export class SourceTally {
  readonly #sources = new Map<string, Running>();

  /** `known`: sources seen at any time; one without an event in the span was silent all through. */
  constructor(
    private readonly span: CoverageSpan,
    known: readonly SourceName[],
  ) {
    for (const name of known) this.#source(name);
  }

  add(row: ActivityRow): void {
    const { entry } = row;
    const source = this.#source(entry.source);
    source.events += 1;
    source.outcomes[entry.outcome] += 1;
    if (row.echo) source.echoes += 1;
    if (entry.phase === 'request') source.unanswered += 1;
    source.first ??= row.time;
    source.last = row.time;
    // A time that lay in the future when it was recorded proves nothing of a source being heard then.
    if (!entry.flags?.includes('time_future')) this.#hear(source, sortKeyMilliseconds(row.time));
  }

  /** By kind and instance. */
  activity(): readonly SourceActivity[] {
    const all = [...this.#sources.values()].map((source) => this.#finish(source));
    return all.sort((left, right) => (sourceKey(left) < sourceKey(right) ? -1 : 1));
  }

  #source({ kind, instance }: SourceName): Running {
    const key = sourceKey({ kind, instance });
    let source = this.#sources.get(key);
    if (!source) {
      const silences = new TopList<Silence>(SILENCES_KEPT, longestFirst);
      const counts = { outcomes: { ...NO_OUTCOMES }, events: 0, echoes: 0, unanswered: 0 };
      source = { name: { kind, instance }, ...counts, heard: this.span.from, silences };
      this.#sources.set(key, source);
    }
    return source;
  }

  #hear(source: Running, time: number): void {
    if (time - source.heard >= this.span.silence) source.silences.add({ from: source.heard, to: time });
    source.heard = Math.max(source.heard, time);
  }

  #finish(source: Running): SourceActivity {
    const { name, events, outcomes, echoes, unanswered, first, last } = source;
    this.#hear(source, this.span.to);
    return {
      ...name,
      events,
      outcomes,
      echoes,
      unanswered,
      ...(first === undefined ? {} : { first }),
      ...(last === undefined ? {} : { last }),
      silences: { longest: source.silences.items(), total: source.silences.total },
    };
  }
}

function sourceKey({ kind, instance }: SourceName): string {
  return `${kind}\n${instance}`;
}

function longestFirst(left: Silence, right: Silence): number {
  return right.to - right.from - (left.to - left.from) || left.from - right.from;
}
