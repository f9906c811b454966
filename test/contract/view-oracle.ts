import { BlockList, isIP, isIPv6 } from 'node:net';
import type {
  CountAs,
  ViewAggregation,
  ViewBucket,
  ViewDefinition,
  ViewDocument,
  ViewQuery,
} from '../../src/storage/read-store/read-store.port.js';
import type { FieldValue, ViewFilter } from '../../src/storage/read-store/view-filter.js';

type Comparison = Extract<ViewFilter, { readonly field: string }>;

/** What a read store must answer, worked out in the plainest way. */
export class ViewOracle {
  readonly #sorted: readonly ViewDocument[];

  constructor(
    private readonly view: ViewDefinition,
    documents: readonly ViewDocument[],
  ) {
    this.#sorted = documents.toSorted(compare);
  }

  matching(filter: ViewFilter = { all: [] }): ViewDocument[] {
    return this.#sorted.filter((document) => this.#matches(document, filter));
  }

  page({ filter, ascending = false, after, limit }: ViewQuery): ViewDocument[] {
    const sorted = ascending ? this.matching(filter) : this.matching(filter).reverse();
    const rest = after ? sorted.filter((one) => compare(one, after) * (ascending ? 1 : -1) > 0) : sorted;
    return rest.slice(0, limit);
  }

  buckets({ filter, by, distinct = [], countAs, order = 'count', after }: ViewAggregation): ViewBucket[] {
    const groups = new Map<string, { key: (FieldValue | null)[]; documents: ViewDocument[] }>();
    for (const document of this.matching(filter)) {
      for (const key of product(by.map((field) => this.#keys(document, field, countAs)))) {
        const group = groups.get(JSON.stringify(key)) ?? { key, documents: [] };
        group.documents.push(document);
        groups.set(JSON.stringify(key), group);
      }
    }
    return [...groups.values()]
      .map(({ key, documents }) => ({
        key,
        count: documents.length,
        first: documents[0]?.time ?? '',
        last: documents.at(-1)?.time ?? '',
        distinct: Object.fromEntries(distinct.map((field) => [field, this.#different(documents, field, countAs)])),
      }))
      .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
      .sort((left, right) => byOrder(left, right, order) || compareKeys(left.key, right.key));
  }

  #different(documents: readonly ViewDocument[], field: string, countAs: CountAs | undefined): number {
    const keys = documents.flatMap((document) => this.#keys(document, field, countAs));
    return new Set(keys.filter((key) => key !== null)).size;
  }

  #keys(document: ViewDocument, field: string, countAs: CountAs | undefined): readonly (FieldValue | null)[] {
    if (field === 'time:day') return [document.time.slice(0, 8)];
    if (field === 'time:month') return [document.time.slice(0, 6)];
    const instead = countAs?.field === field ? countAs.values : new Map<FieldValue, FieldValue>();
    const values = new Set(this.#values(document, field).map((value) => instead.get(String(value)) ?? value));
    return values.size > 0 ? [...values] : [null];
  }

  #values(document: ViewDocument, field: string): readonly FieldValue[] {
    const value = field === 'time' ? document.time : document.fields[field];
    if (value === undefined || value === null) return [];
    return typeof value === 'object' ? [...new Set(value)] : [value];
  }

  #matches(document: ViewDocument, filter: ViewFilter): boolean {
    if ('all' in filter) return filter.all.every((part) => this.#matches(document, part));
    if ('any' in filter) return filter.any.some((part) => this.#matches(document, part));
    if ('not' in filter) return !this.#matches(document, filter.not);
    const isAddress = this.view.fields[filter.field]?.type === 'ip';
    return this.#values(document, filter.field).some((value) => valueMatches(value, filter, isAddress));
  }
}

function valueMatches(value: FieldValue, filter: Comparison, isAddress: boolean): boolean {
  if ('from' in filter || 'before' in filter) return inRange(value, filter);
  if ('is' in filter) return equal(value, filter.is, isAddress);
  if ('in' in filter) return filter.in.some((one) => equal(value, one, isAddress));
  if ('prefix' in filter) return String(value).startsWith(filter.prefix);
  if ('like' in filter) return pattern(filter.like).test(String(value));
  if ('contains' in filter) return String(value).toLowerCase().includes(filter.contains.toLowerCase());
  if ('cidr' in filter) return inBlock(String(value), filter.cidr);
  return 'exists' in filter;
}

function inRange(value: FieldValue, { from, before }: { from?: FieldValue; before?: FieldValue }): boolean {
  return (from === undefined || value >= from) && (before === undefined || value < before);
}

function equal(value: FieldValue, wanted: FieldValue, isAddress: boolean): boolean {
  const same = isAddress && isIP(String(value)) > 0 && isIP(String(wanted)) > 0;
  return same ? inBlock(String(value), `${String(wanted)}/${isIPv6(String(wanted)) ? 128 : 32}`) : value === wanted;
}

function pattern(like: string): RegExp {
  const parts = Array.from(like, (one) =>
    one === '*' ? '.*' : one === '?' ? '.' : one.replace(/[\\^$.|+()[\]{}]/, '\\$&'),
  );
  return new RegExp(`^${parts.join('')}$`, 'su');
}

function inBlock(address: string, block: string): boolean {
  if (isIP(address) === 0) return false;
  const [network = '', prefix] = block.split('/');
  if (isMapped(address) !== (isMapped(network) && Number(prefix) >= (isIPv6(network) ? 96 : 0))) return false;
  return blockOf(network, Number(prefix)).check(address, familyOf(address));
}

const IPV4 = blockOf('0.0.0.0', 0);

/** Whether it is an IPv4 address, in either of its spellings. */
function isMapped(address: string): boolean {
  return IPV4.check(address, familyOf(address));
}

function blockOf(network: string, prefix: number): BlockList {
  const list = new BlockList();
  list.addSubnet(network, prefix, familyOf(network));
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function compare(left: { time: string; id: string }, right: { time: string; id: string }): number {
  return text(left.time, right.time) || text(left.id, right.id);
}

/** By UTF-8 bytes. */
function text(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function byOrder(left: ViewBucket, right: ViewBucket, order: 'count' | 'key' | 'last'): number {
  if (order === 'count') return right.count - left.count;
  return order === 'last' ? text(right.last, left.last) : 0;
}

/** No value comes first. */
function compareKeys(left: readonly (FieldValue | null)[], right: readonly (FieldValue | null)[]): number {
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? null;
    if (one === other) continue;
    if (one === null || other === null) return one === null ? -1 : 1;
    return typeof one === 'number' ? one - Number(other) : text(String(one), String(other));
  }
  return 0;
}

function product<Value>(lists: readonly (readonly Value[])[]): Value[][] {
  return lists.reduce<Value[][]>((rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]]);
}
