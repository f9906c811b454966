import type { Condition, RangeCondition } from './condition.js';
import type { TimeSpan } from './time-order.js';
import { TIME } from './view-columns.js';

export interface SplitCondition {
  /** Every match lies in this span. */
  readonly span: TimeSpan;
  /** What must hold beside, all of it. */
  readonly rest: readonly Condition[];
}

/** Takes the document's time out of what must hold: the order of a page is by time, so a span is only where it begins and ends. */
export function splitByTime(condition: Condition): SplitCondition {
  const parts = conjuncts(condition);
  const spans = parts.filter(isSpan);
  return {
    span: { low: greatest(spans.map(({ low }) => low)), below: least(spans.map(({ below }) => below)) },
    rest: parts.filter((part) => !isSpan(part)),
  };
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.of.flatMap(conjuncts) : [condition];
}

function isSpan(condition: Condition): condition is RangeCondition {
  return condition.kind === 'range' && condition.column.name === TIME && !condition.oneOf;
}

function greatest(times: readonly (string | number | undefined)[]): string | undefined {
  return texts(times).sort().at(-1);
}

function least(times: readonly (string | number | undefined)[]): string | undefined {
  return texts(times).sort().at(0);
}

function texts(times: readonly (string | number | undefined)[]): string[] {
  return times.filter((time) => typeof time === 'string');
}
