import fc from 'fast-check';
import type {
  CountAs,
  ViewDefinition,
  ViewDocument,
  ViewFields,
} from '../../src/storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../src/storage/read-store/view-filter.js';

/** A view with a field of every type. */
export const SAMPLE_VIEW = {
  name: 'samples',
  version: 1,
  fields: {
    action: { type: 'keyword', indexed: true },
    actor: { type: 'keyword', indexed: true },
    secrets: { type: 'keywords', indexed: true },
    address: { type: 'ip', indexed: true },
    agent: { type: 'text' },
    own: { type: 'boolean', apart: true },
    offset: { type: 'number' },
    recordedAt: { type: 'time' },
    note: { type: 'keyword' },
    ticket: { type: 'keyword', unique: true },
  },
} as const satisfies ViewDefinition;

const ACTIONS = ['read', 'read', 'read', 'list', 'delete'];
const SECRETS = ['kv:prod:db', 'kv:prod:db/[root]', 'kv:prod:api*key', 'kv:test:db', 'äö:ü', 'kv:prod:\u{1f511}'];
const ADDRESSES = [
  '10.0.0.1',
  '10.0.1.200',
  '10.255.3.4',
  '::ffff:10.0.0.1',
  '2001:db8::1',
  '2001:DB8:0::2',
  '::1',
  'a host',
  '192.168.1.77',
];
const BLOCKS = [
  '10.0.0.0/8',
  '10.0.0.0/24',
  '10.0.1.200/32',
  '0.0.0.0/0',
  '::ffff:0:0/96',
  '::ffff:10.0.0.0/104',
  '2001:db8::/32',
  '2001:db8::2/128',
  '::/0',
  '::/80',
  '::/96',
];
const AGENTS = ['curl/8.1', 'Vault SDK (Go)', 'Äpp/1.0', 'sqlmap%_'];
const DAYS = ['20260101', '20260102', '20260215', '20251231'];

/** The document of a number: the same every time. About a third of each field is absent; times repeat. */
export function sampleDocument(n: number, changed = 0): ViewDocument {
  const pick = <Value>(values: readonly Value[], salt: number): Value | undefined => {
    const hash = scatter(n * 31 + salt * 7919 + changed * 104729);
    return hash % 3 === 0 ? undefined : values[(hash >> 4) % values.length];
  };
  const secrets = [pick(SECRETS, 1), pick(SECRETS, 2), pick(SECRETS, 3)].filter((one) => one !== undefined);
  const fields: ViewFields = {
    action: pick(ACTIONS, 4),
    actor: pick([`actor-${scatter(n) % 40}`], 5),
    secrets: secrets.length > 0 ? [...new Set(secrets)] : undefined,
    address: pick(ADDRESSES, 6),
    agent: pick(AGENTS, 7),
    own: pick([true, false, false], 8),
    offset: n,
    recordedAt: pick([sampleTime(n)], 9),
    ticket: pick([`ticket-${n - (n % 2)}`], 10),
    note: changed > 0 ? `changed ${n}` : null,
  };
  return {
    id: `id-${scatter(n)}-${n}`,
    time: sampleTime(scatter(n) % 700),
    fields,
    body: JSON.stringify({ n, changed }),
  };
}

function sampleTime(n: number): string {
  return `${DAYS[n % DAYS.length] ?? ''}${String(100000 + (n % 86)).slice(1)}0000000${String(n % 7)}00`
    .padEnd(23, '0')
    .slice(0, 23);
}

/** A well-mixed number of 31 bits. */
function scatter(n: number): number {
  let hash = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 1;
}

const leaf: fc.Arbitrary<ViewFilter> = fc.oneof(
  fc.constantFrom('read', 'list', 'delete', 'absent').map((is): ViewFilter => ({ field: 'action', is })),
  fc.nat(45).map((n): ViewFilter => ({ field: 'actor', is: `actor-${n}` })),
  fc.subarray([...SECRETS, 'absent']).map((values): ViewFilter => ({ field: 'secrets', in: values })),
  fc
    .constantFrom('', 'kv:', 'kv:prod:', 'kv:prod:db/[', 'ä', 'x', 'kv:prod:\u{1f511}')
    .map((prefix): ViewFilter => ({ field: 'secrets', prefix })),
  fc
    .constantFrom('*', 'kv:*:db', '*[*', 'kv:prod:??', 'kv:prod:?', '*db*', 'kv:prod:api[*]key')
    .map((like): ViewFilter => ({ field: 'secrets', like })),
  fc.constantFrom('CURL', 'sdk', 'ÄPP', '%', '', '_').map((contains): ViewFilter => ({ field: 'agent', contains })),
  fc.constantFrom('DB', 'ü', '*').map((contains): ViewFilter => ({ field: 'secrets', contains })),
  fc.constantFrom(...BLOCKS).map((cidr): ViewFilter => ({ field: 'address', cidr })),
  fc.constantFrom('10.0.0.1', '2001:db8::2', 'a host').map((is): ViewFilter => ({ field: 'address', is })),
  fc
    .constantFrom('action', 'secrets', 'own', 'note', 'ticket', 'recordedAt', 'offset')
    .map((name): ViewFilter => ({ field: name, exists: true })),
  fc.boolean().map((is): ViewFilter => ({ field: 'own', is })),
  fc
    .array(fc.nat(5_000), { maxLength: 5 })
    .map((ns): ViewFilter => ({ field: 'ticket', in: ns.map((n) => `ticket-${n * 2}`) })),
  fc.tuple(fc.nat(12_000), fc.nat(12_000)).map(([from, before]): ViewFilter => ({ field: 'offset', from, before })),
  fc.nat(10_000).map((n): ViewFilter => ({ field: 'offset', in: [n, n + 1, n + 5000] })),
  fc.constantFrom(...DAYS).map((from): ViewFilter => ({ field: 'time', from })),
  fc.constantFrom(...DAYS).map((before): ViewFilter => ({ field: 'time', before: `${before}00001` })),
  fc.constantFrom(...DAYS).map((before): ViewFilter => ({ field: 'recordedAt', before })),
  fc
    .tuple(fc.constantFrom('actor-1', 'actor-3'), fc.constantFrom('actor-2', 'actor-9'))
    .map(([from, before]): ViewFilter => ({ field: 'actor', from, before })),
  fc.constant<ViewFilter>({ all: [] }),
  fc.constant<ViewFilter>({ any: [] }),
);

export const sampleFilter: fc.Arbitrary<ViewFilter> = fc.letrec<{ filter: ViewFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('filter'), { maxLength: 3 }).map((all): ViewFilter => ({ all })),
    fc.array(tie('filter'), { maxLength: 3 }).map((any): ViewFilter => ({ any })),
    tie('filter').map((not): ViewFilter => ({ not })),
  ),
})).filter;

/** Names of one secret in a list and out of it, one that stands for a third, and one that no document has. */
const countAs = fc.constantFrom<CountAs>(
  {
    field: 'secrets',
    values: new Map([
      ['kv:prod:db/[root]', 'kv:prod:db'],
      ['kv:gone', 'kv:prod:db'],
    ]),
  },
  {
    field: 'secrets',
    values: new Map([
      ['kv:test:db', 'kv:new'],
      ['äö:ü', 'kv:new'],
      ['kv:prod:db', 'kv:prod:api*key'],
    ]),
  },
  {
    field: 'actor',
    values: new Map([
      ['actor-1', 'actor-2'],
      ['actor-3', 'nobody'],
    ]),
  },
);

export const sampleGrouping = fc.record(
  {
    by: fc.subarray(['action', 'secrets', 'own', 'time:day', 'time:month', 'address', 'offset'], {
      minLength: 0,
      maxLength: 4,
    }),
    distinct: fc.subarray(['actor', 'secrets', 'address']),
    order: fc.constantFrom('count' as const, 'key' as const, 'last' as const),
    countAs,
  },
  { requiredKeys: ['by', 'distinct', 'order'] },
);
