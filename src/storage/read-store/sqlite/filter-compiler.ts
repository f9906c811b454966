import type { KeytrailError } from '../../../domain/errors.js';
import type { FieldValue, ViewFilter } from '../view-filter.js';
import { addressRanges } from './address-form.js';
import { EVERYTHING, NOTHING, type Condition } from './condition.js';
import { invalidFilter } from './invalid-filter.js';
import { NumberSet } from './number-set.js';
import type { ValueFinder } from './value-finder.js';
import { isCoded, toText, type Column, type ViewColumns } from './view-columns.js';

/** A comparison of one field with something. */
type Comparison = Exclude<Extract<ViewFilter, { readonly field: string }>, { readonly exists: true }>;

/** Looks a filter's fields and values up. Throws `TRAIL.INVALID_FILTER` for what the view does not know. */
export class FilterCompiler {
  constructor(
    private readonly columns: ViewColumns,
    private readonly finder: ValueFinder,
  ) {}

  compile(filter: ViewFilter | undefined): Condition {
    if (filter === undefined) return EVERYTHING;
    if ('all' in filter) return { kind: 'all', of: filter.all.map((part) => this.compile(part)) };
    if ('any' in filter) return { kind: 'any', of: filter.any.map((part) => this.compile(part)) };
    if ('not' in filter) return { kind: 'not', of: this.compile(filter.not) };
    const column = this.columns.get(filter.field);
    if (!column) throw invalidFilter(`the view has no field ${filter.field}`);
    if ('exists' in filter) return { kind: 'present', column };
    return isCoded(column) ? this.#coded(column, filter) : plain(column, filter);
  }

  #coded(column: Column, filter: Comparison): Condition {
    if ('is' in filter) return this.#oneOf(column, [filter.is]);
    if ('in' in filter) return this.#oneOf(column, filter.in);
    if (column.type === 'boolean') throw unfit(column);
    if ('prefix' in filter) return this.#matching(column, filter.prefix, (text) => this.finder.prefix(column, text));
    if ('like' in filter) return valuesIn(column, this.finder.like(column, filter.like));
    if ('contains' in filter) {
      return this.#matching(column, filter.contains, (text) => this.finder.contains(column, text));
    }
    if ('cidr' in filter) return this.#block(column, filter.cidr);
    return valuesIn(
      column,
      this.finder.between(column, textOf(column, filter.from ?? ''), text(column, filter.before)),
    );
  }

  #oneOf(column: Column, values: readonly FieldValue[]): Condition {
    const fits = (value: FieldValue): boolean => (typeof value === 'boolean') === (column.type === 'boolean');
    if (!values.every((value) => typeof value !== 'number' && fits(value))) throw unfit(column);
    return valuesIn(column, this.finder.exact(column, values.map(toText)));
  }

  /** Every text holds the empty one. */
  #matching(column: Column, part: string, find: (text: string) => number[]): Condition {
    return part === '' ? { kind: 'present', column } : valuesIn(column, find(part));
  }

  #block(column: Column, block: string): Condition {
    if (column.type !== 'ip') throw unfit(column);
    const ranges = addressRanges(block);
    if (!ranges) throw invalidFilter(`the field ${column.name} was given no address block`);
    return valuesIn(
      column,
      ranges.flatMap((range) => this.finder.addresses(column, range)),
    );
  }
}

function valuesIn(column: Column, values: readonly number[]): Condition {
  return values.length === 0 ? NOTHING : { kind: 'values', column, values: new NumberSet(values) };
}

/** A unique text has no order in the index, so it has no ranges. */
function plain(column: Column, filter: Comparison): Condition {
  const base = { kind: 'range', column } as const;
  if ('is' in filter) return { ...base, oneOf: new Set([plainValue(column, filter.is)]) };
  if ('in' in filter) return { ...base, oneOf: new Set(filter.in.map((value) => plainValue(column, value))) };
  if (column.unique || !('from' in filter || 'before' in filter)) throw unfit(column);
  return {
    ...base,
    ...(filter.from !== undefined && { low: plainValue(column, filter.from) }),
    ...(filter.before !== undefined && { below: plainValue(column, filter.before) }),
  };
}

function plainValue(column: Column, value: FieldValue): string | number {
  if (typeof value === 'boolean' || typeof value !== (column.type === 'number' ? 'number' : 'string'))
    throw unfit(column);
  return value;
}

function text(column: Column, value: FieldValue | undefined): string | undefined {
  return value === undefined ? undefined : textOf(column, value);
}

function textOf(column: Column, value: FieldValue): string {
  if (typeof value !== 'string') throw unfit(column);
  return value;
}

function unfit({ name, type }: Column): KeytrailError {
  return invalidFilter(`the field ${name} (${type}) can't be compared this way`);
}
