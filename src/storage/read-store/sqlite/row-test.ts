import type { SqlValue } from '../../sqlite/statement.js';
import type { Condition, RangeCondition } from './condition.js';
import type { Cells } from './cells.js';
import { cellValues } from './view-columns.js';

/** Tells of a document's cells whether the condition holds. */
export type RowTest = (cells: Cells) => boolean;

export function rowTest(condition: Condition): RowTest {
  switch (condition.kind) {
    case 'all': {
      const tests = condition.of.map(rowTest);
      return (cells) => tests.every((test) => test(cells));
    }
    case 'any': {
      const tests = condition.of.map(rowTest);
      return (cells) => tests.some((test) => test(cells));
    }
    case 'not': {
      const test = rowTest(condition.of);
      return (cells) => !test(cells);
    }
    case 'values': {
      const { column, values } = condition;
      return (cells) => cellValues(cells[column.sql]).some((value) => values.has(value));
    }
    case 'present':
      return (cells) => isPresent(cells[condition.column.sql]);
    case 'range':
      return (cells) => inRange(cells[condition.column.sql], condition);
  }
}

function isPresent(cell: SqlValue | undefined): cell is Exclude<SqlValue, null> {
  return cell !== undefined && cell !== null;
}

export function inRange(cell: SqlValue | undefined, { low, below, oneOf }: RangeCondition): boolean {
  if (typeof cell !== 'string' && typeof cell !== 'number') return false;
  if (oneOf) return oneOf.has(cell);
  return (low === undefined || cell >= low) && (below === undefined || cell < below);
}
