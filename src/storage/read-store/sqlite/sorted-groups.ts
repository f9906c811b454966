import type { SqlValue } from '../../sqlite/statement.js';
import type { ViewAggregation } from '../read-store.port.js';
import { compareNames, compareParts, type GroupName } from './group-name.js';
import type { GroupTally } from './group-tally.js';

export interface NamedGroup {
  readonly key: GroupName;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  /** How many different values of each counted field. */
  readonly distinct: readonly number[];
}

export interface GroupPage {
  readonly groups: readonly NamedGroup[];
  /** How many groups there are from the page on. */
  readonly left: number;
}

type Order = NonNullable<ViewAggregation['order']>;

/** What a tally counted, in order. Numbers for the most part, so that it may be kept for the next page. */
export class SortedGroups {
  /** By place in the key and the cell's number. */
  readonly #names: readonly GroupName[];
  readonly #order: Uint32Array;
  readonly #distinct: readonly ReadonlyMap<number, number>[];

  /** @param name writes a cell out, given its place in the key */
  constructor(
    private readonly tally: GroupTally,
    { places, order }: { readonly places: number; readonly order: Order },
    name: (cell: SqlValue, place: number) => GroupName[number],
  ) {
    this.#names = Array.from({ length: places }, (_, place) => tally.cellsAt(place).map((cell) => name(cell, place)));
    this.#distinct = tally.distinct();
    const ranks = this.#ranks();
    this.#order = Uint32Array.from(tally.counts.keys()).sort((left, right) => {
      return compareRank(tally, order, left, right) || compareAt(ranks, left, right);
    });
  }

  get size(): number {
    return this.#order.length;
  }

  /** @param after the groups must be in the order of their keys then */
  page(after: GroupName | undefined, limit: number): GroupPage {
    const start = after ? this.#placeAfter(after) : 0;
    const groups = Array.from(this.#order.subarray(start, start + limit), (group) => this.#group(group));
    return { groups, left: this.size - start };
  }

  #group(group: number): NamedGroup {
    return {
      key: this.#nameOf(group),
      count: this.tally.counts[group] ?? 0,
      first: this.tally.first[group] ?? '',
      last: this.tally.last[group] ?? '',
      distinct: this.#distinct.map((counts) => counts.get(group) ?? 0),
    };
  }

  #nameOf(group: number): GroupName {
    return this.tally.partsOf(group).map((cell, place) => this.#names[place]?.[cell] ?? null);
  }

  #placeAfter(after: GroupName): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareNames(this.#nameOf(this.#order[middle] ?? 0), after) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** For each place of the key, the groups' ranks among its names: numbers compare faster than texts. */
  #ranks(): readonly Uint32Array[] {
    const ofCells = this.#names.map((names) => {
      const ranks = new Uint32Array(names.length);
      const sorted = [...names.keys()].sort((left, right) => compareParts(names[left] ?? null, names[right] ?? null));
      for (const [rank, cell] of sorted.entries()) ranks[cell] = rank;
      return ranks;
    });
    const ranks = ofCells.map(() => new Uint32Array(this.tally.size));
    for (let group = 0; group < this.tally.size; group += 1) {
      for (const [place, cell] of this.tally.partsOf(group).entries()) {
        const rank = ofCells[place]?.[cell] ?? 0;
        ranks[place]?.fill(rank, group, group + 1);
      }
    }
    return ranks;
  }
}

function compareRank({ counts, last }: GroupTally, order: Order, left: number, right: number): number {
  if (order === 'count') return (counts[right] ?? 0) - (counts[left] ?? 0);
  if (order === 'key') return 0;
  const [one = '', other = ''] = [last[left], last[right]];
  return one < other ? 1 : one > other ? -1 : 0;
}

function compareAt(ranks: readonly Uint32Array[], left: number, right: number): number {
  for (const rank of ranks) {
    const difference = (rank[left] ?? 0) - (rank[right] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** By the order that several parts of the groups were sorted in. */
export function compareGroups(order: Order): (left: NamedGroup, right: NamedGroup) => number {
  return (left, right) => {
    if (order === 'count' && left.count !== right.count) return right.count - left.count;
    if (order === 'last' && left.last !== right.last) return left.last < right.last ? 1 : -1;
    return compareNames(left.key, right.key);
  };
}
