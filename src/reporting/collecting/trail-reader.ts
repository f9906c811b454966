import type { PersonIdentity } from '../../domain/identity.js';
import type { ReadStore, ViewBucket, ViewBuckets, ViewQuery } from '../../storage/read-store/read-store.port.js';
import type { FieldValue, ViewFilter } from '../../storage/read-store/view-filter.js';
import { TRAIL_EVENTS } from '../../trail/trail-event.view.js';
import { SECRET_ALIASES, type SecretAliasBody } from '../../trail/secret-alias.view.js';
import { SOURCE_COVERAGE } from '../../trail/source-coverage.view.js';
import { SecretAliases, type SecretPair } from '../../domain/secret-aliases.js';
import type { SourceName } from '../domain/source-activity.js';
import { readActivityRow, type ActivityRow } from '../domain/activity-row.js';

const PAGE_ROWS = 1_000;
/** Rows read at a time: what becomes of a whole page would outlive several collections of garbage. */
const ROWS = 50;
const PAGE_GROUPS = 5_000;
/** So many events at a time are grouped; a store holds their groups in memory. */
const BATCH_EVENTS = 10_000;
const BATCH_SUBJECTS = 2_000;

/** Names of fields of the trail's view. */
export type TrailField = keyof typeof TRAIL_EVENTS.fields;

/** What a report asks of the read store. */
export type TrailStore = Pick<ReadStore, 'query' | 'count' | 'aggregate'>;

/** The trail as a report reads it: page by page, so that any number of events and groups passes through bounded memory. */
export class TrailReader {
  readonly #view = TRAIL_EVENTS.name;

  constructor(private readonly store: TrailStore) {}

  /** All matching events in order of time, some at a time. */
  async *pages(filter: ViewFilter): AsyncGenerator<readonly ActivityRow[]> {
    let after: { time: string; id: string } | undefined;
    for (;;) {
      const { documents } = await this.store.query({
        view: this.#view,
        filter,
        ascending: true,
        limit: PAGE_ROWS,
        ...(after && { after }),
      });
      for (let from = 0; from < documents.length; from += ROWS)
        yield documents.slice(from, from + ROWS).map((document) => readActivityRow(document));
      const last = documents.at(-1);
      if (documents.length < PAGE_ROWS || !last) return;
      after = { time: last.time, id: last.id };
    }
  }

  /** All groups in the order of their keys. */
  groups(
    filter: ViewFilter,
    by: readonly TrailField[],
    distinct: readonly TrailField[] = [],
  ): AsyncGenerator<ViewBucket> {
    return this.#groups(this.#view, filter, by, distinct);
  }

  /**
   * The same for keys that begin with the subject, of which there may be nearly as many as events: some subjects at a
   * time, so that each event is looked at a few times in all, and not once for each page of groups.
   */
  async *groupsBySubject(filter: ViewFilter, by: readonly ['subject', ...TrailField[]]): AsyncGenerator<ViewBucket> {
    for await (const subjects of this.#subjectBatches(filter)) {
      yield* this.groups({ all: [filter, subjects] }, by);
    }
  }

  async *#subjectBatches(filter: ViewFilter): AsyncGenerator<ViewFilter> {
    let batch: string[] = [];
    let events = 0;
    for await (const { key, count } of this.groups(filter, ['subject'])) {
      if (typeof key[0] !== 'string') {
        yield { not: { field: 'subject', exists: true } };
        continue;
      }
      batch.push(key[0]);
      events += count;
      if (events < BATCH_EVENTS && batch.length < BATCH_SUBJECTS) continue;
      yield { field: 'subject', in: batch };
      batch = [];
      events = 0;
    }
    if (batch.length > 0) yield { field: 'subject', in: batch };
  }

  async *#groups(
    view: string,
    filter: ViewFilter,
    by: readonly string[],
    distinct: readonly string[],
  ): AsyncGenerator<ViewBucket> {
    let after: readonly (FieldValue | null)[] | undefined;
    for (;;) {
      const { buckets } = await this.store.aggregate({
        view,
        filter,
        by,
        distinct,
        order: 'key',
        limit: PAGE_GROUPS,
        ...(after && { after }),
      });
      yield* buckets;
      const last = buckets.at(-1);
      if (buckets.length < PAGE_GROUPS || !last) return;
      after = last.key;
    }
  }

  /** The groups with the most events. */
  largest(
    filter: ViewFilter,
    groups: { readonly by: readonly TrailField[]; readonly distinct?: readonly TrailField[]; readonly limit: number },
  ): Promise<ViewBuckets> {
    return this.store.aggregate({ view: this.#view, filter, order: 'count', ...groups });
  }

  count(filter: ViewFilter): Promise<number> {
    return this.store.count(this.#view, filter);
  }

  /** All proofs within the filter that two names stand for one secret. */
  async aliases(filter: ViewFilter): Promise<SecretAliases> {
    const pairs: SecretPair[] = [];
    const view = SECRET_ALIASES.name;
    let after: ViewQuery['after'];
    for (;;) {
      const { documents } = await this.store.query({
        view,
        filter,
        ascending: true,
        limit: PAGE_ROWS,
        ...(after && { after }),
      });
      for (const { body } of documents) pairs.push(JSON.parse(body) as SecretAliasBody);
      after = documents.at(-1);
      if (documents.length < PAGE_ROWS) return new SecretAliases(pairs);
    }
  }

  /** The sources within the filter that anything was recorded of before a time (a sort key), events or deliveries. */
  async sources(known: ViewFilter, before: string): Promise<readonly SourceName[]> {
    const sources: SourceName[] = [];
    const filter = { all: [known, { field: 'time', before }] };
    for await (const { key } of this.#groups(SOURCE_COVERAGE.name, filter, ['kind', 'instance'], [])) {
      sources.push({ kind: String(key[0]), instance: String(key[1]) });
    }
    return sources;
  }

  /** The names of a subject as its newest event within the filter has them. */
  async person(filter: ViewFilter, subject: string): Promise<PersonIdentity | undefined> {
    const { documents } = await this.store.query({
      view: this.#view,
      filter: { all: [{ field: 'subject', is: subject }, filter] },
      limit: 1,
    });
    return documents[0] && readActivityRow(documents[0]).identity.actor;
  }
}
