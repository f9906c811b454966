import { isIP } from 'node:net';
import { ACTIONS, actionClass } from '../../domain/action.js';
import { OUTCOMES, REASONS } from '../../domain/outcome.js';
import { ACTOR_KINDS } from '../../domain/sourced-event.js';
import { parseTimestamp } from '../../domain/timestamp.js';
import { FILTER_TERMS, type FilterTerm, type FilterTerms, type TrailFilter } from './trail-filter.js';

/** More values than this for one term is an answer with a number in it, not a slow query. */
export const VALUES_LIMIT = 100;
/** Characters of one value. */
export const LENGTH_LIMIT = 1_024;
/** Characters of all values together: a filter is recorded with every question asked by it. */
export const FILTER_LIMIT = 8_000;

/** Values by term as a caller sent them; a `not.` in front of a term negates it. */
export type FilterParameters = Readonly<Record<string, unknown>>;

export type ReadFilter =
  | { readonly ok: true; readonly filter: TrailFilter }
  /** One line for each fault: the term and what is wrong, never the value, which may be personal. */
  | { readonly ok: false; readonly errors: readonly string[] };

/** Every name that `readFilter` looks at. */
export const FILTER_PARAMETERS: readonly string[] = [
  ...['', 'not.'].flatMap((prefix) => [...FILTER_TERMS, 'from', 'to'].map((term) => prefix + term)),
  'own',
  'echoes',
];

/** Reads and checks a filter. Equal filters come out equal, whatever the order and repetition of their values. */
export function readFilter(parameters: FilterParameters): ReadFilter {
  const errors: string[] = [];
  const wanted = readTerms(parameters, '', errors);
  const not = readTerms(parameters, 'not.', errors);
  const own = readSwitch(parameters, 'own', errors);
  const echoes = readSwitch(parameters, 'echoes', errors);
  if (lengthOf(wanted, not) > FILTER_LIMIT) errors.push(`filter: at most ${FILTER_LIMIT} characters in all`);
  if (errors.length > 0) return { ok: false, errors };
  const filter = {
    ...wanted,
    ...(Object.keys(not).length > 0 && { not }),
    ...(own && { own }),
    ...(echoes && { echoes }),
  };
  return { ok: true, filter };
}

/** What is wrong with filters that must all hold: they are recorded together. */
export function togetherFaults(filters: readonly TrailFilter[]): readonly string[] {
  const length = filters.reduce(
    (sum, { not = {}, own: _own, echoes: _echoes, ...wanted }) => sum + lengthOf(wanted, not),
    0,
  );
  return length > FILTER_LIMIT
    ? [`filter: at most ${FILTER_LIMIT} characters in all, those of saved filters included`]
    : [];
}

function lengthOf(wanted: FilterTerms, not: FilterTerms): number {
  return JSON.stringify([wanted, not]).length;
}

function readTerms(parameters: FilterParameters, prefix: string, errors: string[]): FilterTerms {
  const terms: Record<string, unknown> = {};
  for (const term of FILTER_TERMS) {
    const given = parameters[prefix + term];
    if (given === undefined) continue;
    const values = readValues(given);
    const fault = values ? (tooMany(given) ?? faultOf(term, values)) : 'must be one or more texts';
    if (fault) errors.push(`${prefix}${term}: ${fault}`);
    else terms[term] = values;
  }
  return { ...terms, ...readPeriod(parameters, prefix, errors) };
}

function readValues(given: unknown): readonly string[] | undefined {
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (!values.every((value) => typeof value === 'string')) return undefined;
  return [...new Set(values)].sort();
}

/** Equal ones count too: how many a caller may send does not depend on what they say. */
function tooMany(given: unknown): string | undefined {
  return Array.isArray(given) && given.length > VALUES_LIMIT ? `at most ${VALUES_LIMIT} values` : undefined;
}

function faultOf(term: FilterTerm, values: readonly string[]): string | undefined {
  if (values.length === 0) return 'must be one or more texts';
  if (values.some((value) => value.trim() === '')) return 'must not be empty';
  // No text on the trail holds one, and a store that compares patterns would stop at it.
  if (values.some((value) => value.includes('\0'))) return 'must not hold a NUL character';
  if (values.some((value) => value.length > LENGTH_LIMIT)) return `at most ${LENGTH_LIMIT} characters`;
  const rule = RULES[term];
  return rule && !values.every(rule.holds) ? rule.says : undefined;
}

interface Rule {
  readonly holds: (value: string) => boolean;
  readonly says: string;
}

const oneOf = (names: readonly string[]): Rule => {
  const known = new Set(names);
  return { holds: (value) => known.has(value), says: `must be one of ${names.join(', ')}` };
};

const actionNames: ReadonlySet<string> = new Set([
  ...ACTIONS,
  ...ACTIONS.filter((action) => action.includes('.')).map((action) => `${actionClass(action)}.*`),
]);

const RULES: Readonly<Partial<Record<FilterTerm, Rule>>> = {
  action: {
    holds: (value) => actionNames.has(value),
    says: 'must be an action such as secret.read, or a whole class such as secret.*',
  },
  actorKind: oneOf(ACTOR_KINDS),
  outcome: oneOf(OUTCOMES),
  reason: oneOf(REASONS),
  address: { holds: isAddress, says: 'must be an IP address, a host name or a block such as 10.0.0.0/8' },
};

function isAddress(value: string): boolean {
  const slash = value.indexOf('/');
  return slash < 0 ? true : addressBlock(value) !== undefined;
}

/** The block that an IP address or a CIDR text names, so that every spelling of one address finds it. */
export function addressBlock(value: string): string | undefined {
  const [address = '', length, more] = value.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined || address.includes('%')) return undefined;
  const bits = family === 4 ? 32 : 128;
  if (length === undefined) return `${address}/${bits}`;
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? value : undefined;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function readPeriod(parameters: FilterParameters, prefix: string, errors: string[]): Pick<FilterTerms, 'from' | 'to'> {
  const from = readTime(parameters, `${prefix}from`, errors);
  const to = readTime(parameters, `${prefix}to`, errors);
  if (from && to && from.sortKey >= to.sortKey) errors.push(`${prefix}to: must be later than ${prefix}from`);
  return { ...(from && { from: from.text }), ...(to && { to: to.text }) };
}

function readTime(parameters: FilterParameters, name: string, errors: string[]) {
  const given = parameters[name];
  if (given === undefined) return undefined;
  const time = typeof given === 'string' ? parseTimestamp(DATE.test(given) ? `${given}T00:00:00Z` : given) : undefined;
  if (!time) errors.push(`${name}: must be one date or RFC 3339 time such as 2026-11-22T10:30:00Z`);
  return time;
}

function readSwitch(parameters: FilterParameters, name: string, errors: string[]): boolean {
  const given = parameters[name];
  if (given === undefined || given === false || given === 'false') return false;
  if (given === true || given === 'true') return true;
  errors.push(`${name}: must be true or false`);
  return false;
}
