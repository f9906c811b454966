import type { ViewFilter } from '../../../storage/read-store/view-filter.js';

/** The field equals the value, begins with it (`abc*`), or fits its wildcards `*` and `?`. */
export function textMatch(field: string, value: string): ViewFilter {
  const wildcard = value.search(/[*?]/);
  if (wildcard < 0) return { field, is: value };
  if (wildcard === value.length - 1 && value.endsWith('*')) return { field, prefix: value.slice(0, -1) };
  return { field, like: value };
}
