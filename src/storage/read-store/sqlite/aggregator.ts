import type { LogPoint } from '../../../domain/position.js';
import type { CountAs, ViewAggregation, ViewBucket, ViewBuckets } from '../read-store.port.js';
import type { FieldValue } from '../view-filter.js';
import type { Condition } from './condition.js';
import { CountedValues } from './counted-values.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { groupKeys } from './group-keys.js';
import type { GroupName } from './group-name.js';
import { GroupSearch, type GroupFields } from './group-search.js';
import { GroupWalks, type CountedGroups } from './group-walks.js';
import { invalidFilter } from './invalid-filter.js';
import { matchingRows } from './matching-rows.js';
import type { RowCalls } from './row-calls.js';
import type { GroupPage, NamedGroup } from './sorted-groups.js';
import { ValueFinder } from './value-finder.js';
import { fromText, toText, type ViewColumns } from './view-columns.js';

/** One generation and what it reflects. */
export interface AggregatedView {
  readonly snapshot: GenerationSnapshot;
  readonly generation: number;
  readonly asOf: LogPoint;
}

/** Answers questions about groups, page by page. */
export class Aggregator {
  readonly #walks = new GroupWalks();

  constructor(private readonly calls: RowCalls) {}

  /** @param compile makes a condition of the question's filter, when it is needed */
  answer(view: AggregatedView, aggregation: ViewAggregation, compile: () => Condition): ViewBuckets {
    const fields = groupFields(aggregation, view.snapshot.columns);
    const after = placeAfter(aggregation, fields);
    const known = this.#walks.find(view.generation, aggregation);
    if (known) return this.#answer(known.groups.page(after, aggregation.limit), known, { aggregation, fields });

    const rows = matchingRows(view.snapshot, compile());
    const countAs = countedValues(aggregation.countAs, view.snapshot);
    const search = new GroupSearch(view.snapshot, this.calls, rows, { ...fields, countAs });
    const groups = search.all(aggregation.order);
    const facts = { total: rows.count(), asOf: view.asOf };
    const page = groups?.page(after, aggregation.limit) ?? search.page(aggregation, after);
    const goesOn = aggregation.order === 'key' && page.left > page.groups.length;
    if (groups && goesOn) this.#walks.keep(view.generation, aggregation, { ...facts, groups });
    return this.#answer(page, facts, { aggregation, fields });
  }

  #answer(
    { groups, left }: GroupPage,
    { total, asOf }: Omit<CountedGroups, 'groups'>,
    { aggregation, fields }: { aggregation: ViewAggregation; fields: GroupFields },
  ): ViewBuckets {
    const buckets = groups.map((group) => toBucket(group, fields, aggregation.distinct ?? []));
    return { buckets, groups: left, total, asOf };
  }
}

function groupFields({ by, distinct = [] }: ViewAggregation, columns: ViewColumns): GroupFields {
  return { keys: groupKeys(by, columns), counted: distinct.flatMap((name) => groupKeys([name], columns)) };
}

function countedValues(countAs: CountAs | undefined, snapshot: GenerationSnapshot): CountedValues | undefined {
  return countAs && CountedValues.of(countAs, snapshot.columns, new ValueFinder(snapshot));
}

function placeAfter({ after, order }: ViewAggregation, { keys }: GroupFields): GroupName | undefined {
  if (!after) return undefined;
  if (order !== 'key' || after.length !== keys.length) {
    throw invalidFilter('a page of groups goes on after a key of the same fields, in the order of the keys');
  }
  return after.map((value) => (typeof value === 'boolean' ? toText(value) : value));
}

function toBucket(group: NamedGroup, { keys }: GroupFields, distinct: readonly string[]): ViewBucket {
  return {
    key: group.key.map((value, place): FieldValue | null => {
      const column = keys[place]?.column;
      return column && typeof value === 'string' ? fromText(value, column) : value;
    }),
    count: group.count,
    first: group.first,
    last: group.last,
    distinct: Object.fromEntries(distinct.map((name, n) => [name, group.distinct[n] ?? 0])),
  };
}
