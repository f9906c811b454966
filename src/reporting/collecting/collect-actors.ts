import { joinAccessors, type Accessor, type AccessorSecrets, type SecretAccesses } from '../domain/accessor-join.js';
import { sumOutcomes } from '../domain/activity-tally.js';
import { PersonStream } from '../domain/person-stream.js';
import { orderByActor } from '../secret-activity/order-by-actor.js';
import type { SecretAliases } from '../../domain/secret-aliases.js';
import { TopList } from '../domain/top-list.js';
import type { TrailScope } from './trail-scope.js';
import { PRINTED_ROWS } from '../pdf/report-document.js';
import { accessorTable, accessTable } from '../secret-activity/csv-tables.js';
import type { AccessLine, AccessorLine, Listing, Who } from '../secret-activity/secret-activity-facts.js';
import type { ReportCsv, ReportFolder } from './report-folder.js';
import type { TrailReader } from './trail-reader.js';

export interface CollectedActors {
  readonly people: Listing<AccessorLine>;
  readonly machines: Listing<AccessorLine>;
  readonly unknown: Listing<AccessorLine>;
  readonly accesses: Listing<AccessLine>;
  readonly gained: Listing<AccessLine>;
  readonly lapsed: Listing<AccessLine>;
  /** Sums of the lines, for the tie-out. */
  readonly acts: number;
  readonly accessesListed: number;
}

/** Walks everyone who acted in the period or accessed something in the comparison period, one after the other. */
export async function collectActors(
  reader: TrailReader,
  scope: TrailScope,
  folder: ReportFolder,
  { named, aliases }: { readonly named: boolean; readonly aliases: SecretAliases },
): Promise<CollectedActors> {
  const lists = new ActorLists(folder, named);
  const bySecret = ['subject', 'actorKind', 'secret', 'outcome'] as const;
  const streams = {
    activity: reader.groupsBySubject(scope.acts, ['subject', 'actorKind', 'action', 'outcome']),
    accesses: reader.groupsBySubject(scope.accesses, bySecret),
    earlier: reader.groupsBySubject(scope.earlier, bySecret),
  };
  const people = named ? new PersonStream(reader.groupsBySubject(namesOf(scope), NAMES)) : undefined;
  for await (const told of joinAccessors(streams, aliases)) {
    const { subject } = told.actor;
    const person = subject === null ? undefined : await people?.of(subject);
    lists.add(told, { ...told.actor, ...(person && { person }) });
  }
  return lists.collected();
}

const NAMES = ['subject', 'actorName', 'actorEmail', 'actorNativeId'] as const;

function namesOf(scope: TrailScope) {
  return { all: [{ field: 'subject', exists: true as const }, { any: [scope.acts, scope.earlier] }] };
}

class ActorLists {
  readonly #people = topAccessors();
  readonly #machines = topAccessors();
  readonly #unknown = topAccessors();
  readonly #accessors: ReportCsv<AccessorLine>;
  readonly #accesses: AccessList;
  readonly #gained: AccessList;
  readonly #lapsed: AccessList;
  #acts = 0;

  constructor(folder: ReportFolder, named: boolean) {
    const table = accessTable(named);
    this.#accessors = folder.csv('accessors', accessorTable(named));
    this.#accesses = new AccessList(folder.csv('accesses', table));
    this.#gained = new AccessList(folder.csv('gained', table));
    this.#lapsed = new AccessList(folder.csv('lapsed', table));
  }

  add(told: AccessorSecrets, who: Who): void {
    if (told.accessor) this.#addAccessor(told.accessor, who);
    this.#accesses.add(told.accesses, who);
    this.#gained.add(told.gained, who);
    this.#lapsed.add(told.lapsed, who);
  }

  collected(): CollectedActors {
    return {
      people: listing(this.#people),
      machines: listing(this.#machines),
      unknown: listing(this.#unknown),
      accesses: this.#accesses.listing(),
      gained: this.#gained.listing(),
      lapsed: this.#lapsed.listing(),
      acts: this.#acts,
      accessesListed: this.#accesses.sum,
    };
  }

  #addAccessor(accessor: Accessor, who: Who): void {
    const line = { ...accessor, ...who };
    this.#acts += accessor.events;
    this.#accessors.add(line);
    this.#listOf(who).add(line);
  }

  #listOf({ kind, subject }: Who): TopList<AccessorLine> {
    if (subject === null || kind === 'unknown') return this.#unknown;
    return kind === 'user' ? this.#people : this.#machines;
  }
}

class AccessList {
  readonly #top = new TopList<AccessLine>(
    PRINTED_ROWS,
    (left, right) =>
      sumOutcomes(right.outcomes) - sumOutcomes(left.outcomes) ||
      compareTexts(left.who.subject, right.who.subject) ||
      compareTexts(left.who.kind, right.who.kind) ||
      compareTexts(left.secret, right.secret),
  );
  #sum = 0;

  constructor(private readonly csv: ReportCsv<AccessLine>) {}

  add(accesses: readonly SecretAccesses[], who: Who): void {
    for (const access of accesses) {
      const line = { ...access, who };
      this.#sum += sumOutcomes(access.outcomes);
      this.csv.add(line);
      this.#top.add(line);
    }
  }

  get sum(): number {
    return this.#sum;
  }

  /** The lines with the most accesses, actor by actor. */
  listing(): Listing<AccessLine> {
    const { lines, total } = listing(this.#top);
    return { lines: orderByActor(lines), total };
  }
}

function topAccessors(): TopList<AccessorLine> {
  return new TopList(
    PRINTED_ROWS,
    (left, right) =>
      right.events - left.events || compareTexts(left.subject, right.subject) || compareTexts(left.kind, right.kind),
  );
}

function listing<Line>(top: TopList<Line>): Listing<Line> {
  return { lines: top.items(), total: top.total };
}

function compareTexts(left: string | null, right: string | null): number {
  if (left === right) return 0;
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
