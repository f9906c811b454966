import { isReservedAction } from '../../../domain/action.js';
import { parseTimestamp } from '../../../domain/timestamp.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { addressBlock } from '../../domain/read-filter.js';
import { isSubject } from '../../domain/subject.js';
import { FILTER_TERMS, type FilterTerm, type FilterTerms, type TrailFilter } from '../../domain/trail-filter.js';
import { textMatch } from './text-match.js';

/** The other names of a secret that a value of the term `secret` names, itself not among them. */
export type SecretAliases = (value: string) => readonly string[];

const noAliases: SecretAliases = () => [];

/**
 * The filters in the read store's words, over the fields of `TRAIL_EVENTS`: all of them hold. What shows by default is
 * decided here too: Keytrail's own acts only when one of the filters asks for them.
 */
export function filtersToView(filters: readonly TrailFilter[], aliases: SecretAliases = noAliases): ViewFilter {
  const parts = filters.flatMap((filter) => [
    ...termsToView(filter, aliases),
    ...termsToView(filter.not ?? {}, aliases).map((part) => ({ not: part })),
  ]);
  if (!filters.some(asksForOwn)) parts.push({ field: 'own', is: false });
  return { all: parts };
}

/** By the switch, or by an action of theirs. */
function asksForOwn(filter: TrailFilter): boolean {
  return filter.own === true || (filter.action ?? []).some(isReservedAction);
}

/** Documents that are not echoes of another access; everything when a filter asks for echoes. */
export function withoutEchoes(filters: readonly TrailFilter[]): ViewFilter {
  return { all: filters.some(({ echoes }) => echoes) ? [] : [{ field: 'echo', is: false }] };
}

function termsToView(terms: FilterTerms, aliases: SecretAliases): ViewFilter[] {
  const parts: ViewFilter[] = [];
  for (const term of FILTER_TERMS) {
    const values = terms[term];
    if (values) parts.push(anyOf(values.flatMap((value) => MATCHES[term](value, aliases))));
  }
  if (terms.from !== undefined || terms.to !== undefined) parts.push(periodToView(terms));
  return parts;
}

type Match = (value: string, aliases: SecretAliases) => readonly ViewFilter[];

const oneOf =
  (...fields: readonly string[]): Match =>
  (value) =>
    fields.map((field) => ({ field, is: value }));
const containedIn =
  (field: string): Match =>
  (value) => [{ field, contains: value }];

const MATCHES: Readonly<Record<FilterTerm, Match>> = {
  actor: (value) =>
    (isSubject(value) ? oneOf('subject') : oneOf('actorNativeId', 'actorName', 'actorEmail'))(value, noAliases),
  actorKind: oneOf('actorKind'),
  credential: oneOf('credentialId'),
  session: oneOf('session'),
  secret: (value, aliases) => [value, ...aliases(value)].flatMap(secretToView),
  action: (value) => [
    value.endsWith('.*') ? { field: 'actionClass', is: value.slice(0, -2) } : { field: 'action', is: value },
  ],
  outcome: oneOf('outcome'),
  reason: oneOf('reason'),
  source: oneOf('sourceKind'),
  instance: oneOf('instance'),
  environment: oneOf('environment'),
  address: (value) => [addressToView(value)],
  userAgent: containedIn('userAgent'),
  text: containedIn('text'),
  requestId: oneOf('requestId', 'nativeId'),
};

function secretToView(value: string): ViewFilter[] {
  return ['secret', 'secretPath'].map((field) => textMatch(field, value));
}

function addressToView(value: string): ViewFilter {
  const block = addressBlock(value);
  return block === undefined ? { field: 'address', is: value } : { field: 'address', cidr: block };
}

function periodToView({ from, to }: FilterTerms): ViewFilter {
  return {
    field: 'time',
    ...(from !== undefined && { from: sortKey(from) }),
    ...(to !== undefined && { before: sortKey(to) }),
  };
}

/** The filter's times were read before, so a time that can't be read now is a fault of the caller's code. */
function sortKey(text: string): string {
  const time = parseTimestamp(text);
  if (!time) throw new TypeError('the filter holds a time that was not read by readFilter');
  return time.sortKey;
}

/** One value needs no group; values of one field are one list. */
function anyOf(parts: readonly ViewFilter[]): ViewFilter {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  const byField = new Map<string, (string | number | boolean)[]>();
  const others: ViewFilter[] = [];
  for (const part of parts) {
    if ('is' in part) byField.set(part.field, [...(byField.get(part.field) ?? []), part.is]);
    else others.push(part);
  }
  const lists = [...byField].map(([field, values]) => ({ field, in: values }));
  return lists.length === 1 && others.length === 0 && lists[0] ? lists[0] : { any: [...lists, ...others] };
}
