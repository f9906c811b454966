import type { SqlValue } from '../../sqlite/statement.js';
import { addressBytes, type AddressRange } from './address-form.js';
import { foldedText } from './folded-text.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import type { Column } from './view-columns.js';

/** Finds the numbers of texts in one generation's dictionary: questions about millions of rows become some about texts. */
export class ValueFinder {
  readonly #base: string;

  /** The database must know the function `fold`. */
  constructor(private readonly snapshot: Pick<GenerationSnapshot, 'statements' | 'tables'>) {
    // As one text: a row each would take three times as long, and a block of addresses may be a hundred thousand.
    this.#base = `SELECT json_group_array(value_id) AS found FROM ${snapshot.tables.values} WHERE field = ?`;
  }

  /** An address is found in each of its spellings. */
  exact(column: Column, texts: readonly string[]): number[] {
    if (column.type !== 'ip') return [...this.numbersOf(column, texts).values()];
    return texts.flatMap((text) => {
      const bytes = addressBytes(text);
      return bytes ? this.addresses(column, { low: bytes, high: bytes }) : this.#find('AND value = ?', column, text);
    });
  }

  /** The numbers of those of the texts that there are, as they are spelled. */
  numbersOf({ index }: Column, texts: readonly string[]): ReadonlyMap<string, number> {
    const { statements, tables } = this.snapshot;
    const statement = statements.of<{ value: string; value_id: number }>(
      `SELECT value, value_id FROM ${tables.values} WHERE field = ? AND value IN (SELECT value FROM json_each(?))`,
    );
    const rows = statement.all(index, JSON.stringify(texts));
    return new Map(rows.map(({ value, value_id }) => [value, value_id]));
  }

  /** Texts from `low` on and below `below`, by their UTF-8 bytes. */
  between(column: Column, low: string, below: string | undefined): number[] {
    if (below === undefined) return this.#find('AND value >= ?', column, low);
    return this.#find('AND value >= ? AND value < ?', column, low, below);
  }

  prefix(column: Column, prefix: string): number[] {
    return this.between(column, prefix, afterPrefix(prefix));
  }

  /** `*` any text, `?` one character. */
  like(column: Column, pattern: string): number[] {
    const prefix = /^[^*?]*/.exec(pattern)?.[0] ?? '';
    const glob = pattern.replaceAll('[', '[[]').replaceAll(/\*+/g, '*');
    const after = afterPrefix(prefix);
    if (after === undefined) return this.#find('AND value GLOB ?', column, glob);
    return this.#find('AND value >= ? AND value < ? AND value GLOB ?', column, prefix, after, glob);
  }

  contains(column: Column, part: string): number[] {
    const folded = column.type === 'text' ? 'form' : 'fold(value)';
    return this.#find(`AND instr(${folded}, ?) > 0`, column, foldedText(part));
  }

  addresses(column: Column, { low, high }: AddressRange): number[] {
    return this.#find(`AND typeof(form) = 'blob' AND form BETWEEN ? AND ?`, column, low, high);
  }

  #find(condition: string, column: Column, ...values: SqlValue[]): number[] {
    const statement = this.snapshot.statements.of<{ found: string }>(`${this.#base} ${condition}`);
    return JSON.parse(statement.get(column.index, ...values)?.found ?? '[]') as number[];
  }
}

const LAST_CHARACTER = 0x10ffff;

/** The first text, by UTF-8 bytes, that comes after all texts that begin with the prefix; `undefined` when none does. */
export function afterPrefix(prefix: string): string | undefined {
  const characters = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (characters.at(-1) === LAST_CHARACTER) characters.pop();
  const last = characters.pop();
  if (last === undefined) return undefined;
  // Surrogates are no characters: what follows U+D7FF is U+E000.
  const next = last + 1 >= 0xd800 && last + 1 <= 0xdfff ? 0xe000 : last + 1;
  return String.fromCodePoint(...characters, next);
}
