import type { Statement } from '../../sqlite/statement.js';
import type { Cells } from './cells.js';
import type { Condition } from './condition.js';
import type { GenerationTables } from './generation-tables.js';
import { NumberSet } from './number-set.js';
import { toText, type Column, type ViewColumns } from './view-columns.js';

/** Stands for a field in the table of zones: the times of a segment's documents that are apart. */
export const APART_TIMES = -1;

/** Documents that come at about the same times. */
export interface TimeSide {
  /** The zones that tell when. */
  readonly zones: number;
  /** What they meet, all of it. */
  readonly conditions: readonly Condition[];
}

/** Tells the documents that come at other times than the rest (`FieldDefinition.apart`). */
export class Apart {
  readonly #column: Column | undefined;
  readonly #isSet: Statement<{ value_id: number }>;

  constructor(
    isSet: (select: string) => Statement<{ value_id: number }>,
    { values }: GenerationTables,
    private readonly columns: ViewColumns,
  ) {
    this.#column = columns.apart;
    this.#isSet = isSet(`SELECT value_id FROM ${values} WHERE field = ? AND value = ?`);
  }

  /** Says of documents whether they are apart. */
  test(): (document: Cells) => boolean {
    const column = this.#column;
    const set = this.#numberOfSet();
    if (!column || set === undefined) return () => false;
    return (document) => document[column.sql] === set;
  }

  /** What meets all of these, by when it comes: what is not apart, and what is. */
  split(conditions: readonly Condition[]): readonly TimeSide[] {
    const rest = { zones: this.columns.time.index, conditions };
    const apart = { zones: APART_TIMES, conditions };
    const column = this.#column;
    const set = this.#numberOfSet();
    if (!column || set === undefined) return [rest];
    const said = conditions.filter((one) => one.kind === 'values').filter((one) => one.column === column);
    if (said.some(({ values }) => !values.has(set))) return [rest];
    if (said.some(({ values }) => values.size === 1)) return [apart];
    const isApart = { kind: 'values', column, values: new NumberSet([set]) } as const;
    return [
      { ...rest, conditions: [...conditions, { kind: 'not', of: isApart }] },
      { ...apart, conditions: [...conditions, isApart] },
    ];
  }

  #numberOfSet(): number | undefined {
    return this.#column && this.#isSet.get(this.#column.index, toText(true))?.value_id;
  }
}
