import { Statement, type SqlValue } from '../../sqlite/statement.js';
import type { ViewAggregation, ViewBucket } from '../read-store.port.js';
import type { FieldValue } from '../view-filter.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { groupKeys, type GroupKey } from './group-keys.js';
import { groupedSql, type Grouping, type NamedKey } from './group-sql.js';
import type { RowFilter } from './row-filter.js';
import type { RowSet } from './row-set.js';
import { keysAfter } from './keys-after.js';
import { fromText } from './view-columns.js';

/** So many documents are fetched one by one; of more, the whole table is read. */
const FEW = 50_000;

type GroupRow = Readonly<Record<string, SqlValue>> & {
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly groups: number;
};

/** Groups documents of one generation and counts them. */
export class GroupSearch {
  constructor(
    private readonly snapshot: GenerationSnapshot,
    private readonly filter: RowFilter,
  ) {}

  /** @param rows the documents that count. */
  find(rows: RowSet, aggregation: ViewAggregation): { buckets: readonly ViewBucket[]; groups: number } {
    return this.filter.use(rows, this.snapshot.deadline, () => this.#find(rows, aggregation));
  }

  #find(rows: RowSet, aggregation: ViewAggregation): { buckets: readonly ViewBucket[]; groups: number } {
    const { columns } = this.snapshot;
    const source = this.#source(rows);
    const keys = named('key', groupKeys(aggregation.by, columns));
    const distinct = named(
      'distinct',
      (aggregation.distinct ?? []).flatMap((name) => groupKeys([name], columns)),
    );
    const found = this.#groups({ source, keys, counted: distinct.filter(({ isList }) => !isList) }, aggregation);
    const lists = distinct.map((counted) =>
      counted.isList ? this.#countItems({ source, keys, counted: [counted] }) : undefined,
    );
    const countOf = (row: GroupRow, n: number): number =>
      Number(lists[n] ? (lists[n].get(identityOf(row, keys)) ?? 0) : row[`distinct${n}`]);
    const buckets = found.map((row) => ({
      key: keys.map((key) => keyValue(row[`${key.name}_text`] ?? null, key)),
      count: row.count,
      first: row.first,
      last: row.last,
      distinct: Object.fromEntries((aggregation.distinct ?? []).map((name, n) => [name, countOf(row, n)])),
    }));
    return { buckets: buckets.slice(0, aggregation.limit), groups: found[0]?.groups ?? 0 };
  }

  #groups(grouping: Grouping, { order, limit, after }: ViewAggregation): GroupRow[] {
    const { database, tables } = this.snapshot;
    const coded = grouping.keys.filter(({ column }) => column);
    const texts = grouping.keys.map(({ name, column }) => `, ${column ? `${name}_value.value` : name} AS ${name}_text`);
    const joins = coded.map(
      ({ name }) => `LEFT JOIN ${tables.values} AS ${name}_value ON ${name}_value.value_id = ${name}`,
    );
    const byKey = grouping.keys.map(({ name }) => `${name}_text`);
    const rest = after && keysAfter(after, grouping.keys);
    const by = order === 'key' ? byKey : [`${order ?? 'count'} DESC`, ...byKey];
    return new Statement<GroupRow>(
      database,
      `${groupedSql(grouping)} SELECT grouped.*${texts.join('')}, count(*) OVER () AS groups
        FROM grouped ${joins.join(' ')} ${rest ? `WHERE ${rest.sql}` : ''}
        ORDER BY ${by.join(', ') || '1'} LIMIT ${Math.max(1, limit)}`,
    ).all(...(rest?.values ?? []));
  }

  /** How many different items the lists of each group hold. */
  #countItems(grouping: Grouping): ReadonlyMap<string, number> {
    const { database } = this.snapshot;
    const rows = new Statement<GroupRow>(database, `${groupedSql(grouping)} SELECT * FROM grouped`).all();
    const [counted] = grouping.counted;
    return new Map(rows.map((row) => [identityOf(row, grouping.keys), Number(counted && row[counted.name])]));
  }

  #source(rows: RowSet): string {
    const { documents } = this.snapshot.tables;
    if (rows.count() > FEW) return `FROM ${documents} WHERE is_match(row)`;
    // Numbers only, so they may stand in the statement.
    const wanted = `json_each('${JSON.stringify(rows.rows())}') AS wanted`;
    return `FROM ${wanted} CROSS JOIN ${documents} ON row = wanted.value WHERE is_match(row)`;
  }
}

function named(prefix: string, keys: readonly GroupKey[]): readonly NamedKey[] {
  return keys.map((key, n) => ({ ...key, name: `${prefix}${n}` }));
}

function identityOf(row: GroupRow, keys: readonly NamedKey[]): string {
  return JSON.stringify(keys.map(({ name }) => row[name]));
}

function keyValue(cell: SqlValue, { column }: GroupKey): FieldValue | null {
  if (cell === null) return null;
  return column ? fromText(String(cell), column) : (cell as string | number);
}
