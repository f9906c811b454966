import type { NumberSet } from './number-set.js';
import type { Column } from './view-columns.js';

/** A filter whose values were looked up in the dictionary of one generation. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** A coded column with one of these values. */
  | { readonly kind: 'values'; readonly column: Column; readonly values: NumberSet }
  | { readonly kind: 'present'; readonly column: Column }
  | RangeCondition;

/** A number or time from `low` on and below `below`, or one of `oneOf`. */
export interface RangeCondition {
  readonly kind: 'range';
  readonly column: Column;
  readonly low?: string | number;
  readonly below?: string | number;
  readonly oneOf?: ReadonlySet<string | number>;
}

export const NOTHING: Condition = { kind: 'any', of: [] };
export const EVERYTHING: Condition = { kind: 'all', of: [] };

/** True of what says of itself that nothing can meet it: a text that no document has. */
export function isImpossible(condition: Condition): boolean {
  if (condition.kind === 'any') return condition.of.every(isImpossible);
  return condition.kind === 'all' && condition.of.some(isImpossible);
}

/** The columns that a condition looks at. */
export function columnsIn(condition: Condition): readonly Column[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(columnsIn);
    case 'not':
      return columnsIn(condition.of);
    case 'values':
    case 'present':
    case 'range':
      return [condition.column];
  }
}
