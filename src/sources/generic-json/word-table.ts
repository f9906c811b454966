import { wordOf } from './field-reader.js';

/** Finds the meaning of a word in a format's table. */
export class WordTable<Meaning extends string> {
  readonly #exact: ReadonlyMap<string, Meaning>;
  /** Words that may also stand within a longer text; a number is only ever itself. */
  readonly #within: readonly (readonly [word: string, meaning: Meaning])[];

  constructor(table: Readonly<Partial<Record<Meaning, readonly string[]>>>) {
    const entries = Object.entries(table) as [Meaning, readonly string[]][];
    const words = entries.flatMap(([meaning, values]) => values.map((value) => [wordOf(value), meaning] as const));
    this.#exact = new Map(words);
    this.#within = words.filter(([word]) => /[a-z]{4}/.test(word));
  }

  find(text: string | undefined): Meaning | undefined {
    return text === undefined ? undefined : this.#exact.get(wordOf(text.slice(0, TEXT_LIMIT)));
  }

  findWithin(text: string | undefined): Meaning | undefined {
    if (text === undefined) return undefined;
    const words = wordOf(text.slice(0, TEXT_LIMIT));
    return this.#exact.get(words) ?? this.#within.find(([word]) => words.includes(word))?.[1];
  }
}

const TEXT_LIMIT = 512;
