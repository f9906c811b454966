import type { SqlValue } from '../../sqlite/statement.js';
import type { FieldValue } from '../view-filter.js';
import type { NamedKey } from './group-sql.js';
import { invalidFilter } from './invalid-filter.js';
import { toText } from './view-columns.js';

export interface KeysCondition {
  readonly sql: string;
  /** For its `?`, in order. */
  readonly values: readonly SqlValue[];
}

/**
 * The groups whose key comes after the given one: greater in the first part that differs, where no value is smaller than
 * any. Comparing whole rows would not do, as SQL knows no order for NULL in them.
 */
export function keysAfter(after: readonly (FieldValue | null)[], keys: readonly NamedKey[]): KeysCondition {
  if (after.length !== keys.length) throw invalidFilter('a page of groups goes on after a key of the same fields');
  const values: SqlValue[] = [];
  const alternatives = keys.map((_, at) => {
    const same = keys.slice(0, at).map((key, before) => {
      values.push(cellOf(after[before] ?? null, key));
      return `${textOf(key)} IS ?`;
    });
    values.push(cellOf(after[at] ?? null, keys[at]));
    const own = keys[at] ? textOf(keys[at]) : '';
    return [...same, after[at] === null ? `(${own} IS NOT NULL AND ? IS NULL)` : `${own} > ?`].join(' AND ');
  });
  return { sql: `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`, values };
}

/** The part of the key as the groups are ordered by it. */
function textOf({ name, column }: NamedKey): string {
  return column ? `${name}_value.value` : name;
}

function cellOf(value: FieldValue | null, key: NamedKey | undefined): SqlValue {
  if (value === null) return null;
  return key?.column ? toText(value) : typeof value === 'boolean' ? Number(value) : value;
}
