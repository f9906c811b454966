import { isAbsent, type JsonRecord } from '../json-record.js';
import { FieldReader, wordOf } from './field-reader.js';
import type { ActionRule } from './generic-format.js';

interface Condition {
  /** Index into the readers. */
  readonly field: number;
  readonly words: ReadonlySet<string>;
}

/** The rules of a format, made ready: each field that a rule asks for is read once a record. */
export class ActionRules {
  readonly #readers: readonly FieldReader[];
  readonly #rules: readonly { readonly rule: ActionRule; readonly conditions: readonly Condition[] }[];

  constructor(rules: readonly ActionRule[]) {
    const places = [...new Set(rules.flatMap((rule) => Object.keys(rule.when)))];
    this.#readers = places.map((place) => new FieldReader(place));
    this.#rules = rules.map((rule) => ({
      rule,
      conditions: Object.entries(rule.when).map(([place, values]) => ({
        field: places.indexOf(place),
        words: new Set((typeof values === 'string' ? [values] : values).map(wordOf)),
      })),
    }));
  }

  /** True where a record holds at least one field that the rules ask for, or where they ask for none. */
  concern(record: JsonRecord): boolean {
    return this.#readers.length === 0 || this.#readers.some((reader) => !isAbsent(reader.read(record)));
  }

  /** The first rule that fits. */
  find(record: JsonRecord): ActionRule | undefined {
    const words = this.#readers.map((reader) => {
      const text = reader.text(record);
      return text === undefined ? undefined : wordOf(text.slice(0, WORD_LIMIT));
    });
    return this.#rules.find(({ conditions }) =>
      conditions.every(({ field, words: allowed }) => allowed.has(words[field] ?? '')),
    )?.rule;
  }
}

const WORD_LIMIT = 256;
