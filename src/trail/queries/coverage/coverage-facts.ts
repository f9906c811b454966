import { Injectable } from '@nestjs/common';
import type { Entry } from '../../../domain/entry.js';
import type { InterruptedDetails } from '../../../domain/details.js';
import { ReadStore, type FoundDocument } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { dayNumber, dayStart } from '../../domain/days.js';
import { sortKeyAt } from '../../domain/sort-key.js';
import { DEAD_LETTERS } from '../../dead-letter.view.js';
import { SOURCE_COVERAGE, type SourceCoverageBody, type SourceDay } from '../../source-coverage.view.js';
import { trailDocumentId } from '../../projections/trail-document-id.js';
import { TRAIL_EVENTS, withinScope, type TrailEventBody } from '../../trail-event.view.js';
import type { AskedAt } from '../asking/asked.js';
import { TrailPoints } from '../asking/trail-points.js';
import { filtersToView } from '../filtering/filter-to-view.js';
import { coverageFilter } from './coverage-filter.js';
import type { CoverageRequest, DoubleAnswer, InterruptionAnswer } from './coverage.query.js';

const PAGE = 1_000;
/** More sources or outages than an installation has. */
const GROUPS_LIMIT = 10_000;

/** Doubles that are named one by one. */
const DOUBLES_SHOWN = 100;

/** Counts by source key. */
export type CountsBySource = ReadonlyMap<string, number>;

/** Kind and instance of a source as one text. */
export function sourceKey({ kind, instance }: SourceName): string {
  return JSON.stringify([kind, instance]);
}

export interface SourceName {
  readonly kind: string;
  readonly instance: string;
}

/** A source that was ever seen, and its days of the period. */
export interface SourceDays extends SourceName {
  readonly days: readonly SourceDay[];
}

/** Collects what coverage is told from. */
@Injectable()
export class CoverageFacts {
  constructor(
    private readonly store: ReadStore,
    private readonly points: TrailPoints,
  ) {}

  /** Every source that was ever seen, silent ones too. */
  async sources({ from, to, sources, instances }: CoverageRequest): Promise<readonly SourceDays[]> {
    const wanted: ViewFilter = {
      all: [
        ...(sources ? [{ field: 'kind', in: sources }] : []),
        ...(instances ? [{ field: 'instance', in: instances }] : []),
      ],
    };
    const found = new Map<string, SourceName & { readonly days: SourceDay[] }>();
    for (const name of await this.#names(wanted)) found.set(sourceKey(name), { ...name, days: [] });
    for await (const { body } of this.#all(SOURCE_COVERAGE.name, { all: [wanted, dayRange(from, to)] })) {
      const { document } = JSON.parse(body) as SourceCoverageBody;
      found.get(sourceKey(document))?.days.push(document);
    }
    return [...found.values()];
  }

  async unknownOutcomes(request: CoverageRequest, at: AskedAt): Promise<CountsBySource> {
    const unknown = filtersToView([coverageFilter(request), { outcome: ['unknown'] }]);
    const filter = { all: [unknown, withinScope(this.points.scopeOf(at))] };
    return this.#countBySource(TRAIL_EVENTS.name, ['sourceKind', 'instance'], filter);
  }

  async doubles(request: CoverageRequest): Promise<CountsBySource> {
    return this.#countBySource(TRAIL_EVENTS.name, ['sourceKind', 'instance'], doublesOf(request));
  }

  /** The first of them, each with the event that is shown in its place. */
  async firstDoubles(request: CoverageRequest): Promise<readonly DoubleAnswer[]> {
    const query = { view: TRAIL_EVENTS.name, filter: doublesOf(request), ascending: true, limit: DOUBLES_SHOWN };
    const { documents } = await this.store.query(query);
    return Promise.all(documents.map((document) => this.#besideShown(document)));
  }

  async #besideShown({ body }: FoundDocument): Promise<DoubleAnswer> {
    const { entry, position } = JSON.parse(body) as TrailEventBody;
    const { source, ...double } = JSON.parse(entry) as Entry;
    const standing = await this.store.get(TRAIL_EVENTS.name, trailDocumentId({ source, ...double }));
    const shown = standing && (JSON.parse(standing.body) as TrailEventBody).position;
    return { id: double.id, kind: source.kind, instance: source.instance, position, ...(shown && { shown }) };
  }

  async openDeadLetters(): Promise<CountsBySource> {
    return this.#countBySource(DEAD_LETTERS.name, ['kind', 'instance'], { field: 'state', is: 'open' });
  }

  /** Outages that reach into the period. */
  async interruptions({ from, to }: CoverageRequest, at: AskedAt): Promise<readonly InterruptionAnswer[]> {
    const scope = withinScope(this.points.scopeOf(at));
    const filter = { all: [{ field: 'action', is: 'trail.interrupted' }, scope] };
    const found: InterruptionAnswer[] = [];
    for await (const document of this.#all(TRAIL_EVENTS.name, filter)) {
      const { details } = JSON.parse((JSON.parse(document.body) as TrailEventBody).entry) as Entry;
      const { from: began, to: ended, refused, cause } = details as InterruptedDetails;
      const inside =
        (from === undefined || ended.slice(0, 10) >= from) && (to === undefined || began.slice(0, 10) <= to);
      if (inside) found.push({ from: began, to: ended, refused, cause });
    }
    return found;
  }

  async #names(filter: ViewFilter): Promise<readonly SourceName[]> {
    const by = ['kind', 'instance'];
    const { buckets } = await this.store.aggregate({
      view: SOURCE_COVERAGE.name,
      by,
      filter,
      order: 'key',
      limit: GROUPS_LIMIT,
    });
    return buckets.map(({ key }) => ({ kind: String(key[0]), instance: String(key[1]) }));
  }

  async #countBySource(view: string, by: readonly string[], filter: ViewFilter): Promise<CountsBySource> {
    const { buckets } = await this.store.aggregate({ view, by, filter, limit: GROUPS_LIMIT });
    return new Map(
      buckets.map(({ key, count }) => [sourceKey({ kind: String(key[0]), instance: String(key[1]) }), count]),
    );
  }

  async *#all(view: string, filter: ViewFilter): AsyncGenerator<FoundDocument, undefined> {
    let after: { time: string; id: string } | undefined;
    for (;;) {
      const page = await this.store.query({ view, filter, ascending: true, limit: PAGE, ...(after && { after }) });
      yield* page.documents;
      const last = page.documents.at(-1);
      if (!last || page.documents.length < PAGE) return undefined;
      after = { time: last.time, id: last.id };
    }
  }
}

function dayRange(from: string | undefined, to: string | undefined): ViewFilter {
  if (from === undefined && to === undefined) return { all: [] };
  return {
    field: 'time',
    ...(from !== undefined && { from: sortKeyAt(dayStart(dayNumber(from))) }),
    ...(to !== undefined && { before: sortKeyAt(dayStart(dayNumber(to) + 1)) }),
  };
}

function doublesOf(request: CoverageRequest): ViewFilter {
  return { all: [filtersToView([coverageFilter(request)]), { field: 'double', exists: true }] };
}
