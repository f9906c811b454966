import type { SqlValue } from '../../sqlite/statement.js';
import type { FieldDefinition, FieldType } from '../read-store.port.js';
import type { FieldValue } from '../view-filter.js';

/** The document's own time, which filters may name like a field. */
export const TIME = 'time';

export interface Column {
  /** The field's number: its place in the view's definition. */
  readonly index: number;
  readonly name: string;
  readonly type: FieldType;
  readonly unique: boolean;
  /** The column in the documents' table. */
  readonly sql: string;
}

/** A view's fields as columns. */
export class ViewColumns {
  readonly all: readonly Column[];
  /** The columns of numbers and times, the document's time among them. */
  readonly ranged: readonly Column[];
  readonly time: Column;
  readonly unique: readonly Column[];
  /** The field that is set where a document comes at other times than the rest. */
  readonly apart: Column | undefined;
  readonly #byName: ReadonlyMap<string, Column>;

  constructor(fields: Readonly<Record<string, FieldDefinition>>) {
    this.all = Object.entries(fields).map(([name, { type, unique = false }], index) => ({
      index,
      name,
      type,
      unique,
      sql: `f${index}`,
    }));
    this.time = { index: this.all.length, name: TIME, type: 'time', unique: false, sql: 'time' };
    this.ranged = [...this.all.filter((column) => !isCoded(column) && !column.unique), this.time];
    this.unique = this.all.filter((column) => column.unique);
    this.apart = this.all.find(({ name }) => fields[name]?.apart);
    this.#byName = new Map([this.time, ...this.all].map((column) => [column.name, column]));
  }

  /** The column of a field, or of the document's time. */
  get(name: string): Column | undefined {
    return this.#byName.get(name);
  }
}

/**
 * Numbers, times and unique texts stand in their column as they are. Of all other fields the column holds the number of the value in
 * the dictionary, or a JSON list of such numbers: short rows, each text once, and an index over numbers.
 */
export function isCoded({ type, unique }: Column): boolean {
  return type !== 'number' && type !== 'time' && !unique;
}

/** The dictionary's numbers in a coded column's cell. */
export function cellValues(cell: SqlValue | undefined): readonly number[] {
  if (typeof cell === 'number') return [cell];
  return typeof cell === 'string' ? (JSON.parse(cell) as number[]) : [];
}

/** A coded column's cell for these numbers of the dictionary. */
export function valuesCell(values: readonly number[]): number | string | null {
  const [first, ...more] = new Set(values);
  if (first === undefined) return null;
  return more.length === 0 ? first : JSON.stringify([first, ...more]);
}

/** How a value stands in the dictionary. */
export function toText(value: FieldValue): string {
  return typeof value === 'string' ? value : String(value);
}

/** A value of the dictionary as the field's type has it. */
export function fromText(text: string, { type }: Column): FieldValue {
  return type === 'boolean' ? text === 'true' : text;
}
