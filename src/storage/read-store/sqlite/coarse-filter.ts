import type { SqlValue } from '../../sqlite/statement.js';
import type { Condition, RangeCondition } from './condition.js';
import type { Column } from './view-columns.js';

/** Longer lists are left to whoever looks at the documents. */
const MOST_VALUES = 100;

/** SQL that holds of every document that matches, and of few others. Its column names are those of the documents. */
export interface CoarseFilter {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const ANYTHING: CoarseFilter = { sql: 'TRUE', values: [] };

/** Spares SQLite to give out rows that can't match: most of what a scan costs. */
export function coarseFilter(condition: Condition): CoarseFilter {
  switch (condition.kind) {
    case 'all':
      return joined(condition.of.map(coarseFilter), 'AND', 'TRUE');
    case 'any':
      return joined(condition.of.map(coarseFilter), 'OR', 'FALSE');
    case 'not':
      // What holds of more than the condition says nothing about its opposite.
      return ANYTHING;
    case 'values':
      return oneOf(condition.column, condition.values.numbers);
    case 'present':
      return { sql: `${condition.column.sql} IS NOT NULL`, values: [] };
    case 'range':
      return ranged(condition);
  }
}

function joined(parts: readonly CoarseFilter[], word: 'AND' | 'OR', none: string): CoarseFilter {
  const sql = parts.map((part) => part.sql).join(` ${word} `);
  return { sql: parts.length === 0 ? none : `(${sql})`, values: parts.flatMap(({ values }) => values) };
}

/** Several values of one document stand as a text in the cell. */
function oneOf({ sql, type }: Column, values: readonly SqlValue[]): CoarseFilter {
  if (values.length > MOST_VALUES) return ANYTHING;
  const isOneOf = `${sql} IN (${values.map(() => '?').join(', ')})`;
  return { sql: type === 'keywords' ? `(${isOneOf} OR typeof(${sql}) = 'text')` : isOneOf, values };
}

function ranged({ column, low, below, oneOf: texts }: RangeCondition): CoarseFilter {
  if (texts) return oneOf(column, [...texts]);
  const bounds = [
    ...(low === undefined ? [] : [{ sql: `${column.sql} >= ?`, values: [low] }]),
    ...(below === undefined ? [] : [{ sql: `${column.sql} < ?`, values: [below] }]),
  ];
  return joined(bounds, 'AND', `${column.sql} IS NOT NULL`);
}
