import { isReservedAction } from '../../../domain/action.js';
import { parseTimestamp } from '../../../domain/timestamp.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { addressBlock } from '../../domain/read-filter.js';
import { isSubject } from '../../domain/subject.js';
import { FILTER_TERMS, type FilterTerm, type FilterTerms, type TrailFilter } from '../../domain/trail-filter.js';
import { textMatch } from './text-match.js';

/** Other uids of the secrets that some values of the term `secret` name, where the values do not name them all. */
export type OtherNames = (values: readonly string[]) => readonly string[];

const noOthers: OtherNames = () => [];

/**
 * The filters in the read store's words, over the fields of `TRAIL_EVENTS`: all of them hold. What shows by default is
 * decided here too: Keytrail's own acts only when one of the filters asks for them.
 */
export function filtersToView(filters: readonly TrailFilter[], others: OtherNames = noOthers): ViewFilter {
  const parts = filters.flatMap((filter) => [
    ...termsToView(filter, others),
    ...termsToView(filter.not ?? {}, others).map((part) => ({ not: part })),
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

function termsToView(terms: FilterTerms, others: OtherNames): ViewFilter[] {
  const parts: ViewFilter[] = [];
  for (const term of FILTER_TERMS) {
    const values = terms[term];
    if (!values) continue;
    const named = term === 'secret' ? others(values).map((is): ViewFilter => ({ field: 'secret', is })) : [];
    parts.push(anyOf([...values.flatMap((value) => MATCHES[term](value)), ...named]));
  }
  if (terms.from !== undefined || terms.to !== undefined) parts.push(periodToView(terms));
  return parts;
}

type Match = (value: string) => readonly ViewFilter[];

const oneOf =
  (...fields: readonly string[]): Match =>
  (value) =>
    fields.map((field) => ({ field, is: value }));
const containedIn =
  (field: string): Match =>
  (value) => [{ field, contains: value }];

const MATCHES: Readonly<Record<FilterTerm, Match>> = {
  actor: (value) => (isSubject(value) ? oneOf('subject') : oneOf('actorNativeId', 'actorName', 'actorEmail'))(value),
  actorKind: oneOf('actorKind'),
  credential: oneOf('credentialId'),
  session: oneOf('session'),
  secret: (value) => ['secret', 'secretPath'].map((field) => textMatch(field, value)),
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
  const [exact, others] = [parts.filter((part) => 'is' in part), parts.filter((part) => !('is' in part))];
  const byField = Map.groupBy(exact, ({ field }) => field);
  const lists = [...byField].map(([field, same]) => ({ field, in: same.map(({ is }) => is) }));
  return lists.length === 1 && others.length === 0 && lists[0] ? lists[0] : { any: [...lists, ...others] };
}
