import type { SqlValue, Statement } from '../../sqlite/statement.js';
import type { ViewAggregation } from '../read-store.port.js';
import type { CountedValues } from './counted-values.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import type { GroupKey } from './group-keys.js';
import type { GroupName } from './group-name.js';
import { GroupTally, type Part } from './group-tally.js';
import type { RowCalls } from './row-calls.js';
import { SEGMENT_ROWS, type RowSet } from './row-set.js';
import { compareGroups, SortedGroups, type GroupPage } from './sorted-groups.js';

/** So many documents are fetched one by one; of more, all of their segments are read. */
const FEW = 50_000;
/** Into how many parts groups are split that did not fit. */
const SPLIT = 4;

/** What documents are grouped by and what is counted. */
export interface GroupFields {
  readonly keys: readonly GroupKey[];
  readonly counted: readonly GroupKey[];
}

interface SearchFields extends GroupFields {
  readonly countAs: CountedValues | undefined;
}

/**
 * Groups documents of one generation and counts them, in one pass over the table. SQLite's own GROUP BY sorts all
 * documents and takes three times as long. Where the groups do not fit into memory, each pass counts a part of them.
 */
export class GroupSearch {
  readonly #text: Statement<{ value: string }>;

  /** @param rows the documents that count */
  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly calls: RowCalls,
    private readonly rows: RowSet,
    private readonly fields: SearchFields,
  ) {
    const { statements, tables } = snapshot;
    this.#text = statements.of(`SELECT value FROM ${tables.values} WHERE value_id = ?`);
  }

  /** All groups; `undefined` when they do not fit into memory. */
  all(order: ViewAggregation['order']): SortedGroups | undefined {
    return this.#part(order, { number: 0, of: 1 });
  }

  /** One page of groups that do not fit into memory together. */
  page({ order, limit }: ViewAggregation, after: GroupName | undefined): GroupPage {
    for (let of = SPLIT; ; of *= SPLIT) {
      const parts = Array.from({ length: of }, (_, number) => ({ number, of }));
      const page = this.#merged(parts, order, (groups) => groups.page(after, limit));
      if (page) return { ...page, groups: page.groups.slice(0, limit) };
    }
  }

  #merged(
    parts: readonly Part[],
    order: ViewAggregation['order'],
    pageOf: (groups: SortedGroups) => GroupPage,
  ): GroupPage | undefined {
    let merged: GroupPage = { groups: [], left: 0 };
    for (const part of parts) {
      const groups = this.#part(order, part);
      if (!groups) return undefined;
      const page = pageOf(groups);
      const sorted = [...merged.groups, ...page.groups].sort(compareGroups(order ?? 'count'));
      merged = { groups: sorted, left: merged.left + page.left };
    }
    return merged;
  }

  #part(order: ViewAggregation['order'], part: Part): SortedGroups | undefined {
    const tally = this.#tally(part);
    if (tally.size > this.snapshot.maxGroups) return undefined;
    const { keys, countAs } = this.fields;
    return new SortedGroups(tally, { places: keys.length, order: order ?? 'count' }, (cell, place) => {
      if (cell === null) return null;
      if (!keys[place]?.column) return cell as string | number;
      return countAs?.textOf(cell) ?? this.#text.get(cell)?.value ?? null;
    });
  }

  #tally(part: Part): GroupTally {
    const { statements, tables, deadline, maxGroups } = this.snapshot;
    const { keys, counted, countAs } = this.fields;
    const places = [...keys, ...counted];
    const isReplaced = places.map(({ column }) => countAs?.areOf(column) ?? false);
    const tally = new GroupTally(keys, counted, part);
    const columns = ['time', ...places.map(({ sql }) => sql)].join(', ');
    const few = this.rows.count() <= FEW;
    const some = few ? 'row IN (SELECT value FROM json_each(?))' : 'row >= ? AND row < ?';
    const select = `SELECT count(*) FROM ${tables.documents} WHERE ${some} AND on_row(row, ${columns})`;
    const add = (row: number, [time, ...found]: readonly SqlValue[]): boolean => {
      if (!this.rows.has(row) || tally.size > maxGroups) return false;
      const cells = countAs ? found.map((cell, n) => (isReplaced[n] ? countAs.cell(cell) : cell)) : found;
      tally.add(String(time), cells);
      return false;
    };
    const statement = statements.of(select);
    for (const stretch of few ? this.#someRows() : this.#segments())
      this.calls.use(add, deadline, () => statement.get(...stretch));
    return tally;
  }

  /** Lists of the rows. What a statement's calls were given stays in memory until it ends, so it is given some at a time. */
  *#someRows(): Generator<readonly SqlValue[]> {
    const rows = this.rows.rows();
    for (let from = 0; from < rows.length; from += SEGMENT_ROWS) {
      yield [JSON.stringify(rows.slice(from, from + SEGMENT_ROWS))];
    }
  }

  /** The first row and the one after the last of each segment that has any of the rows. */
  *#segments(): Generator<readonly SqlValue[]> {
    for (let segment = 0; segment < this.rows.segments; segment += 1) {
      if (this.rows.count(segment) > 0) yield [segment * SEGMENT_ROWS, (segment + 1) * SEGMENT_ROWS];
    }
  }
}
