import { invalidFilter } from './invalid-filter.js';
import { isCoded, type Column, type ViewColumns } from './view-columns.js';

/** What documents are grouped by. */
export interface GroupKey {
  /** Over the documents' table. */
  readonly sql: string;
  /** A list: each of its values is a key. */
  readonly isList: boolean;
  /** Set where the SQL gives numbers of the dictionary. */
  readonly column: Column | undefined;
}

const MAX_KEYS = 4;

/** The digits of a sort key that name its day or month. */
const PARTS_OF_TIME: Readonly<Record<string, number>> = { 'time:day': 8, 'time:month': 6 };

export function groupKeys(names: readonly string[], columns: ViewColumns): readonly GroupKey[] {
  if (names.length > MAX_KEYS) throw invalidFilter(`documents are grouped by ${MAX_KEYS} fields at most`);
  return names.map((name) => {
    const digits = PARTS_OF_TIME[name];
    if (digits !== undefined) return { sql: `substr(time, 1, ${digits})`, isList: false, column: undefined };
    return fieldKey(columns.get(name) ?? unknown(name));
  });
}

function fieldKey(column: Column): GroupKey {
  return { sql: column.sql, isList: column.type === 'keywords', column: isCoded(column) ? column : undefined };
}

function unknown(name: string): never {
  throw invalidFilter(`the view has no field ${name}`);
}
