import { readEntry } from '../../domain/entry.js';
import type { Position } from '../../domain/position.js';
import type { LogRecord, StoredRecord } from '../../storage/event-log/event-log.port.js';
import type { PreparedEvent, PreparedItem } from '../preparing/prepared-delivery.js';
import { partOf } from '../preparing/part-numbers.js';
import { tellsTheSame } from './compare-entries.js';
import type { Submission } from './submission.js';

/** Where an event is: on the log already, or the n-th record of this commit. */
export type EventPlace = Position | number;

export interface PlacedEvent {
  readonly id: string;
  readonly at: EventPlace;
}

export type PlannedItem =
  | {
      readonly status: 'recorded' | 'superseded' | 'duplicate' | 'conflict';
      readonly instance: string;
      readonly record: number;
      readonly events: readonly PlacedEvent[];
      readonly wouldSupersede: boolean;
    }
  | Exclude<PreparedItem, { kind: 'events' }>;

/** A stored event that an older mapping made, seen by the present one. */
export interface Revision {
  /** The newest reading of the record on the log. */
  readonly newest: StoredRecord;
  /** The present mapping makes something else of it. */
  readonly differs: boolean;
}

/** An event that an older mapping found in a record, and the present one does not. */
export interface Surplus {
  readonly newest: StoredRecord;
  /** What takes its place once the record is superseded. */
  readonly withdrawal: LogRecord;
}

export interface CommitKnowledge {
  /** Events on the log by id. */
  readonly stored: ReadonlyMap<string, StoredRecord>;
  /** By the id of the first reading. */
  readonly revisions: ReadonlyMap<string, Revision>;
  /** By record: what is stored of it and is no longer in it. */
  readonly surplus: ReadonlyMap<PreparedItem, readonly Surplus[]>;
  /** The event that tells of a conflict; the same for the same two records. */
  readonly conflictOf: (event: PreparedEvent, kind: string) => LogRecord;
}

type PreparedEvents = Extract<PreparedItem, { readonly kind: 'events' }>;

interface Decision {
  readonly status: 'recorded' | 'superseded' | 'duplicate' | 'conflict';
  readonly event: PlacedEvent;
  readonly wouldSupersede?: boolean;
}

/**
 * Decides for every event of a commit what it is: new, known, a contradiction, or a better reading of what is known.
 * Pure: all that is on the log is given.
 */
export class CommitPlan {
  /** What is appended, in order. */
  readonly records: LogRecord[] = [];
  readonly items: (readonly PlannedItem[])[] = [];
  readonly #inCommit = new Map<string, number>();

  constructor(private readonly knowledge: CommitKnowledge) {}

  add(submission: Submission): void {
    if (submission.form === 'own') {
      const events = submission.records.map((record) => this.#append(record));
      this.items.push(
        events.map((event, record) => ({
          status: 'recorded',
          instance: '',
          record,
          events: [event],
          wouldSupersede: false,
        })),
      );
      return;
    }
    const { delivery } = submission;
    this.items.push(
      delivery.items.map((item): PlannedItem => {
        if (item.kind !== 'events') return item;
        return summary(item, this.#decideItem(item, delivery.kind));
      }),
    );
  }

  #decideItem(item: PreparedEvents, kind: string): readonly Decision[] {
    const supersedes = item.events.some(({ superseding }) => superseding !== undefined);
    const surplus = this.knowledge.surplus.get(item) ?? [];
    return [
      ...item.events.map((event) => this.#furtherPart(event, item) ?? this.#decide(event, kind)),
      ...surplus.map((one) => this.#decideRevision(supersedes ? one.withdrawal : undefined, one.newest)),
    ];
  }

  /** A part that only the present mapping makes stands beside parts of the same mapping: it waits for their correction. */
  #furtherPart(event: PreparedEvent, { events }: PreparedEvents): Decision | undefined {
    const { event: head, part } = partOf(event.n);
    if (part === 0 || event.superseding || this.#known(event.id)) return undefined;
    const first = events.find(({ n }) => n === head);
    const revision = first && this.knowledge.revisions.get(first.id);
    return revision && this.#decideRevision(undefined, revision.newest, revision.differs);
  }

  #decide(event: PreparedEvent, kind: string): Decision {
    const revision = this.knowledge.revisions.get(event.id);
    if (revision) {
      const { newest, differs } = revision;
      return this.#decideRevision(differs ? event.superseding : undefined, newest, differs);
    }
    const known = this.#known(event.id);
    if (!known) return { status: 'recorded', event: this.#append(event) };
    if (!tellsTheSame(readEntry(known.entry), readEntry(event.entry)))
      return { status: 'conflict', event: this.#append(this.knowledge.conflictOf(event, kind)) };
    return { status: 'duplicate', event: { id: event.id, at: known.at } };
  }

  #known(id: string): { readonly entry: Uint8Array; readonly at: EventPlace } | undefined {
    const stored = this.knowledge.stored.get(id);
    if (stored) return { entry: stored.entry, at: stored.position };
    const at = this.#inCommit.get(id);
    const record = at === undefined ? undefined : this.records[at];
    return record && at !== undefined ? { entry: record.entry, at } : undefined;
  }

  /** @param superseding what is to take the place of the newest reading */
  #decideRevision(superseding: LogRecord | undefined, newest: StoredRecord, differs = true): Decision {
    if (superseding) {
      const status = this.#inCommit.has(superseding.id) ? 'duplicate' : 'superseded';
      // Beside what it corrects, whatever the present mapping calls the secret: one partition keeps them in order.
      return { status, event: this.#append({ ...superseding, partitionHash: newest.partitionHash }) };
    }
    return { status: 'duplicate', event: { id: newest.id, at: newest.position }, wouldSupersede: differs };
  }

  /** Once, however often it is asked for. */
  #append(record: LogRecord): PlacedEvent {
    const { id } = record;
    const stored = this.knowledge.stored.get(id);
    if (stored) return { id, at: stored.position };
    let at = this.#inCommit.get(id);
    if (at === undefined) {
      at = this.records.push(record) - 1;
      this.#inCommit.set(id, at);
    }
    return { id, at };
  }
}

const STATUSES = ['conflict', 'superseded', 'recorded'] as const;

/** What one record's events come to. */
function summary(
  { instance, record }: Pick<PreparedItem, 'instance' | 'record'>,
  decisions: readonly Decision[],
): PlannedItem {
  const status = STATUSES.find((candidate) => decisions.some((decision) => decision.status === candidate));
  return {
    status: status ?? 'duplicate',
    instance,
    record,
    events: decisions.map(({ event }) => event),
    wouldSupersede: decisions.some(({ wouldSupersede }) => wouldSupersede === true),
  };
}
