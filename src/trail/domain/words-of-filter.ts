import { FILTER_TERMS, type FilterTerms, type TrailFilter } from './trail-filter.js';

/** A filter as people read it, one term a line: `secret: kv/billing or kv/web`, `not action: secret.list`. */
export function wordsOfFilter(filter: TrailFilter): readonly string[] {
  return [
    ...wordsOfTerms(filter, ''),
    ...wordsOfTerms(filter.not ?? {}, 'not '),
    ...(filter.own ? ["with Keytrail's own acts"] : []),
    ...(filter.echoes ? ['with echoes'] : []),
  ];
}

function wordsOfTerms(terms: FilterTerms, prefix: string): string[] {
  const named = FILTER_TERMS.flatMap((term) => {
    const values = terms[term];
    return values ? [`${prefix}${term}: ${values.join(' or ')}`] : [];
  });
  const period = (['from', 'to'] as const).flatMap((bound) => {
    const time = terms[bound];
    return time === undefined ? [] : [`${prefix}${bound}: ${time}`];
  });
  return [...named, ...period];
}
