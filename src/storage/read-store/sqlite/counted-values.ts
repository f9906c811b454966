import type { SqlValue } from '../../sqlite/statement.js';
import type { CountAs } from '../read-store.port.js';
import { invalidFilter } from './invalid-filter.js';
import type { ValueFinder } from './value-finder.js';
import { cellValues, isCoded, valuesCell, type Column, type ViewColumns } from './view-columns.js';

/** The values of one field that count as others, as numbers of one generation's dictionary. */
export class CountedValues {
  /** By the number that documents have. */
  readonly #numbers = new Map<number, number>();
  /** Texts that no document has, by numbers that the dictionary never gives: negative ones. */
  readonly #absent = new Map<number, string>();

  private constructor(
    private readonly column: Column,
    given: CountAs['values'],
    finder: ValueFinder,
  ) {
    const found = finder.numbersOf(column, [...given.keys()]);
    const wanted = new Set([...found.keys()].map((text) => given.get(text) ?? text));
    const known = finder.numbersOf(column, [...wanted]);
    const numbers = new Map([...wanted].map((text) => [text, known.get(text) ?? this.#numberFor(text)]));
    for (const [text, number] of found) this.#numbers.set(number, numbers.get(given.get(text) ?? text) ?? number);
  }

  /** Throws `TRAIL.INVALID_FILTER` for a field that is no text. */
  static of({ field, values }: CountAs, columns: ViewColumns, finder: ValueFinder): CountedValues {
    const column = columns.get(field);
    if (!column || !isCoded(column) || !column.type.startsWith('keyword')) {
      throw invalidFilter(`no values of ${field} count as others`);
    }
    return new CountedValues(column, values, finder);
  }

  areOf(column: Column | undefined): boolean {
    return column === this.column;
  }

  /** The cell that counts in this one's place. */
  cell(cell: SqlValue): SqlValue {
    if (typeof cell === 'number') return this.#numbers.get(cell) ?? cell;
    const values = cellValues(cell);
    if (!values.some((value) => this.#numbers.has(value))) return cell;
    return valuesCell(values.map((value) => this.#numbers.get(value) ?? value));
  }

  /** Of a number that is not the dictionary's. */
  textOf(cell: SqlValue): string | undefined {
    return typeof cell === 'number' ? this.#absent.get(cell) : undefined;
  }

  #numberFor(text: string): number {
    const number = -1 - this.#absent.size;
    this.#absent.set(number, text);
    return number;
  }
}
