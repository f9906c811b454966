import { isSubject } from './subject.js';
import { FILTER_TERMS, PERSONAL_TERMS, type FilterTerm, type FilterTerms, type TrailFilter } from './trail-filter.js';

const personalTerms: ReadonlySet<string> = new Set(PERSONAL_TERMS);

/**
 * The terms by which a caller could find out who somebody is. Asking by them needs the right to see identities, or one
 * could guess an address or a name and read the answer off the number of matches.
 */
export function identifyingTerms(filter: TrailFilter): readonly string[] {
  return [...identifyingIn(filter, ''), ...identifyingIn(filter.not ?? {}, 'not.')];
}

function identifyingIn(terms: FilterTerms, prefix: string): string[] {
  return FILTER_TERMS.filter((term) => terms[term]?.some((value) => isIdentifying(term, value))).map(
    (term) => prefix + term,
  );
}

function isIdentifying(term: FilterTerm, value: string): boolean {
  return personalTerms.has(term) || (term === 'actor' && !isSubject(value));
}

export interface SplitFilter {
  /** What may stand in clear in the log and in the state store. */
  readonly open: TrailFilter;
  /** The rest, which stands only in an encrypted part. Absent when there is none. */
  readonly personal?: TrailFilter;
}

/**
 * Parts a filter by where its values may be kept. A free text may be anybody's name, so of a secret's names only those
 * that stand in the trail in clear anyway are open.
 */
export function splitFilter(filter: TrailFilter, isKnownSecret: (value: string) => boolean): SplitFilter {
  const isOpen = (term: FilterTerm, value: string): boolean =>
    term === 'secret' ? isKnownSecret(value) : isOpenValue(term, value);
  const { not, ...wanted } = filter;
  const personal = selectValues(wanted, (term, value) => !isOpen(term, value));
  const personalNot = selectValues(not ?? {}, (term, value) => !isOpen(term, value));
  const openNot = { ...periodOf(not ?? {}), ...selectValues(not ?? {}, isOpen) };
  const open: TrailFilter = {
    ...periodOf(wanted),
    ...(filter.own && { own: true }),
    ...(filter.echoes && { echoes: true }),
    ...selectValues(wanted, isOpen),
    ...(isEmpty(openNot) ? {} : { not: openNot }),
  };
  const rest: TrailFilter = { ...personal, ...(isEmpty(personalNot) ? {} : { not: personalNot }) };
  return isEmpty(rest) ? { open } : { open, personal: rest };
}

/** Undoes `splitFilter`. */
export function joinFilter({ open, personal }: SplitFilter): TrailFilter {
  if (!personal) return open;
  const not = { ...open.not, ...joinValues(open.not ?? {}, personal.not ?? {}) };
  return { ...open, ...joinValues(open, personal), ...(isEmpty(not) ? {} : { not }) };
}

const TECHNICAL_NAME = /^[\w./:-]{1,128}$/;
const REQUEST_ID = /^[0-9a-fA-F-]{8,64}$/;

function isOpenValue(term: FilterTerm, value: string): boolean {
  if (isIdentifying(term, value)) return false;
  if (term === 'requestId') return REQUEST_ID.test(value);
  if (term === 'source' || term === 'instance' || term === 'environment') return TECHNICAL_NAME.test(value);
  return true;
}

function periodOf({ from, to }: FilterTerms): Pick<FilterTerms, 'from' | 'to'> {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function selectValues(terms: FilterTerms, keep: (term: FilterTerm, value: string) => boolean): FilterTerms {
  const selected: Partial<Record<FilterTerm, readonly string[]>> = {};
  for (const term of FILTER_TERMS) {
    const values = terms[term]?.filter((value) => keep(term, value)) ?? [];
    if (values.length > 0) selected[term] = values;
  }
  return selected;
}

function joinValues(left: FilterTerms, right: FilterTerms): FilterTerms {
  const joined: Partial<Record<FilterTerm, readonly string[]>> = {};
  for (const term of FILTER_TERMS) {
    const values = [...(left[term] ?? []), ...(right[term] ?? [])];
    if (values.length > 0) joined[term] = [...new Set(values)].sort();
  }
  return joined;
}

function isEmpty(terms: object): boolean {
  return Object.keys(terms).length === 0;
}
