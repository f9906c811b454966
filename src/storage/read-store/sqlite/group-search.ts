import { Statement, type SqlValue } from '../../sqlite/statement.js';
import type { ViewAggregation, ViewBucket } from '../read-store.port.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { groupKeys, type GroupKey } from './group-keys.js';
import { byOrder, firstGroups, type NamedGroup } from './group-order.js';
import { GroupTally, type Part } from './group-tally.js';
import { invalidFilter } from './invalid-filter.js';
import type { RowCalls } from './row-calls.js';
import type { RowSet } from './row-set.js';
import { fromText } from './view-columns.js';

/** So many documents are fetched one by one; of more, the whole table is read. */
const FEW = 50_000;
/** Into how many parts groups are split that did not fit. */
const SPLIT = 4;

export interface Groups {
  readonly buckets: readonly ViewBucket[];
  readonly groups: number;
}

/**
 * Groups documents of one generation and counts them, in one pass over the table. SQLite's own GROUP BY sorts all
 * documents and takes three times as long. Where the groups do not fit into memory, each pass counts a part of them.
 */
export class GroupSearch {
  readonly #keys: readonly GroupKey[];
  readonly #counted: readonly GroupKey[];
  readonly #text: Statement<{ value: string }>;

  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly calls: RowCalls,
    private readonly aggregation: ViewAggregation,
  ) {
    const { database, tables, columns } = snapshot;
    this.#keys = groupKeys(aggregation.by, columns);
    if (aggregation.after && aggregation.after.length !== this.#keys.length) {
      throw invalidFilter('a page of groups goes on after a key of the same fields');
    }
    this.#counted = (aggregation.distinct ?? []).flatMap((name) => groupKeys([name], columns));
    this.#text = new Statement(database, `SELECT value FROM ${tables.values} WHERE value_id = ?`);
  }

  /** @param rows the documents that count. */
  find(rows: RowSet): Groups {
    for (let of = 1; ; of *= SPLIT) {
      const groups = this.#inParts(rows, of);
      if (groups) return groups;
    }
  }

  /** `undefined` when a part does not fit into memory. */
  #inParts(rows: RowSet, of: number): Groups | undefined {
    const { order = 'count', limit } = this.aggregation;
    let first: readonly NamedGroup[] = [];
    let groups = 0;
    for (let number = 0; number < of; number += 1) {
      const tally = this.#tally(rows, { number, of });
      if (tally.isFull) return undefined;
      const found = firstGroups(tally.groups, this.aggregation, (key) => this.#nameOf(key));
      groups += found.groups;
      first = [...first, ...found.first].sort(byOrder(order)).slice(0, limit);
    }
    return { buckets: first.map((group) => this.#bucket(group)), groups };
  }

  #tally(rows: RowSet, part: Part): GroupTally {
    const { database, tables, deadline } = this.snapshot;
    const tally = new GroupTally(this.#keys, this.#counted, part);
    const cells = ['time', ...[...this.#keys, ...this.#counted].map(({ sql }) => sql)].join(', ');
    const few = rows.count() <= FEW;
    const source = few
      ? `${tables.documents} WHERE row IN (SELECT value FROM json_each(?)) AND`
      : `${tables.documents} WHERE`;
    const select = new Statement<object>(database, `SELECT count(*) FROM ${source} on_row(row, ${cells})`);
    const add = (row: number, [time, ...found]: readonly SqlValue[]): boolean => {
      if (rows.has(row)) tally.add(String(time), found);
      return false;
    };
    this.calls.use(add, deadline, () => select.get(...(few ? [JSON.stringify(rows.rows())] : [])));
    return tally;
  }

  #nameOf(key: readonly SqlValue[]): NamedGroup['key'] {
    return key.map((cell, n) => {
      if (cell === null) return null;
      return this.#keys[n]?.column ? (this.#text.get(cell)?.value ?? null) : (cell as string | number);
    });
  }

  #bucket({ group, key }: NamedGroup): ViewBucket {
    const names = this.aggregation.distinct ?? [];
    return {
      key: key.map((value, n) => {
        const column = this.#keys[n]?.column;
        return column && typeof value === 'string' ? fromText(value, column) : value;
      }),
      count: group.count,
      first: group.first,
      last: group.last,
      distinct: Object.fromEntries(names.map((name, n) => [name, group.distinct[n]?.size ?? 0])),
    };
  }
}
