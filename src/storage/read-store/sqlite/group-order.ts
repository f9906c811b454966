import type { SqlValue } from '../../sqlite/statement.js';
import type { ViewAggregation } from '../read-store.port.js';
import type { Group } from './group-tally.js';
import { toText } from './view-columns.js';

/** A group whose key was written out: texts instead of numbers of the dictionary. */
export interface NamedGroup {
  readonly group: Group;
  readonly key: readonly (string | number | null)[];
}

type Order = NonNullable<ViewAggregation['order']>;

/** The beginning of the groups in order, and how many there are. */
export interface FirstGroups {
  readonly first: readonly NamedGroup[];
  readonly groups: number;
}

/** The first `limit` groups in order. Only those that may be among them are named, as naming looks each key up. */
export function firstGroups(
  groups: readonly Group[],
  { order = 'count', limit, after }: Pick<ViewAggregation, 'order' | 'limit' | 'after'>,
  name: (key: readonly SqlValue[]) => NamedGroup['key'],
): FirstGroups {
  const named = (group: Group): NamedGroup => ({ group, key: name(group.key) });
  if (after) {
    const place = after.map((value) => (typeof value === 'boolean' ? toText(value) : value));
    const rest = groups.map(named).filter(({ key }) => compareKeys(key, place) > 0);
    return { first: rest.sort(byOrder(order)).slice(0, limit), groups: rest.length };
  }
  const first = candidates(groups, order, limit).map(named).sort(byOrder(order)).slice(0, limit);
  return { first, groups: groups.length };
}

export function byOrder(order: Order): (left: NamedGroup, right: NamedGroup) => number {
  return (left, right) => byRank(left.group, right.group, order) || compareKeys(left.key, right.key);
}

/** All groups that are not behind `limit` others whatever their keys are. */
function candidates(groups: readonly Group[], order: Order, limit: number): readonly Group[] {
  if (order === 'key' || groups.length <= limit) return groups;
  const sorted = groups.toSorted((left, right) => byRank(left, right, order));
  const last = sorted[limit - 1];
  return last ? sorted.filter((group) => byRank(group, last, order) <= 0) : [];
}

function byRank(left: Group, right: Group, order: Order): number {
  if (order === 'count') return right.count - left.count;
  if (order === 'last') return left.last < right.last ? 1 : left.last > right.last ? -1 : 0;
  return 0;
}

/** No value comes first; texts by their UTF-8 bytes, as SQLite sorts them. */
function compareKeys(left: NamedGroup['key'], right: NamedGroup['key']): number {
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? null;
    if (one !== other) return compareValues(one, other);
  }
  return 0;
}

function compareValues(left: string | number | null, right: string | number | null): number {
  if (left === null || right === null) return left === null ? -1 : 1;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareTexts(String(left), String(right));
}

/** UTF-16 sorts as UTF-8 does but for surrogates, which stand for what comes last. */
function compareTexts(left: string, right: string): number {
  const at = firstDifference(left, right);
  const [one, other] = [left.charCodeAt(at), right.charCodeAt(at)];
  if (Number.isNaN(one) || Number.isNaN(other)) return left.length - right.length;
  return rank(one) - rank(other);
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  return at;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
