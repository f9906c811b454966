import type { GroupKey } from './group-keys.js';

/** An expression over the documents' table under the name it has in the groups. */
export interface NamedKey extends GroupKey {
  readonly name: string;
}

export interface Grouping {
  /** A FROM and WHERE clause that gives the documents that count. */
  readonly source: string;
  readonly keys: readonly NamedKey[];
  /** Of these the different values in each group are counted. */
  readonly counted: readonly NamedKey[];
}

/**
 * A WITH clause whose last table, `grouped`, has a row for each group: the keys, `count`, `first`, `last`, and the
 * counted. Each value of a list makes a row of its own, so count either lists or documents.
 */
export function groupedSql({ source, keys, counted }: Grouping): string {
  const all = [...keys, ...counted];
  const names = all.map(({ name }) => name);
  const selected = all.map(({ name, sql }) => `, ${sql} AS ${name}`).join('');
  const tables = [`matched AS (SELECT time${selected} ${source})`];
  let last = 'matched';
  for (const { name } of all.filter(({ isList }) => isList)) {
    tables.push(`by_${name} AS (${eachOf(name, names, last)})`);
    last = `by_${name}`;
  }
  const results = [
    ...keys.map(({ name }) => name),
    'count(*) AS count, min(time) AS first, max(time) AS last',
    ...counted.map(({ name }) => `count(DISTINCT ${name}) AS ${name}`),
  ];
  // Without keys there is one group, or none when there is no document.
  const groups = keys.length > 0 ? `GROUP BY ${keys.map(({ name }) => name).join(', ')}` : 'HAVING count(*) > 0';
  return `WITH ${tables.join(', ')}, grouped AS (SELECT ${results.join(', ')} FROM ${last} ${groups})`;
}

/** The rows of a table with one row for each value of a list; a single value is no list (see `valuesCell`). */
function eachOf(list: string, names: readonly string[], table: string): string {
  const items = names.map((name) => (name === list ? `item.value AS ${name}` : `${table}.${name}`));
  return `SELECT time, ${names.join(', ')} FROM ${table} WHERE typeof(${list}) <> 'text'
    UNION ALL
    SELECT time, ${items.join(', ')} FROM ${table}, json_each(${table}.${list}) AS item WHERE typeof(${list}) = 'text'`;
}
