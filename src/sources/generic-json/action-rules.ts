import { isAbsent, type JsonRecord } from '../json-record.js';
import { FieldReader, wordOf } from './field-reader.js';
import type { ActionRule } from './generic-format.js';

interface Condition {
  /** Index into the readers. */
  readonly field: number;
  readonly words: ReadonlySet<string>;
}

interface ReadyRule {
  readonly rule: ActionRule;
  readonly conditions: readonly Condition[];
}

/** The rules of a format, made ready: each field that a rule asks for is read once a record. */
export class ActionRules {
  readonly #places: readonly string[];
  readonly #readers: readonly FieldReader[];
  /** By the word in the first field that any rule asks for: the rules that this word lets through, in order. */
  readonly #byFirstWord = new Map<string, readonly ReadyRule[]>();
  readonly #otherwise: readonly ReadyRule[];

  constructor(rules: readonly ActionRule[]) {
    const places = [...new Set(rules.flatMap((rule) => Object.keys(rule.when)))];
    this.#places = places;
    this.#readers = places.map((place) => new FieldReader(place));
    const ready = rules.map((rule) => ({ rule, conditions: conditionsOf(rule, places) }));
    const wordsOfFirst = ready.flatMap(({ conditions }) => [...(onFirst(conditions)?.words ?? [])]);
    for (const word of wordsOfFirst) {
      this.#byFirstWord.set(
        word,
        ready.filter(({ conditions }) => onFirst(conditions)?.words.has(word) ?? true),
      );
    }
    this.#otherwise = ready.filter(({ conditions }) => onFirst(conditions) === undefined);
  }

  /** The first field that the rules ask for, where a record holds none of them; `undefined` where the rules concern it. */
  missingIn(record: JsonRecord): string | undefined {
    const isConcerned = this.#readers.some((reader) => !isAbsent(reader.read(record)));
    return isConcerned ? undefined : this.#places[0];
  }

  /** The first rule that fits. */
  find(record: JsonRecord): ActionRule | undefined {
    const words = this.#readers.map((reader) => {
      const text = reader.text(record);
      return text === undefined ? '' : wordOf(text.slice(0, WORD_LIMIT));
    });
    const candidates = this.#byFirstWord.get(words[0] ?? '') ?? this.#otherwise;
    return candidates.find(({ conditions }) =>
      conditions.every(({ field, words: allowed }) => allowed.has(words[field] ?? '')),
    )?.rule;
  }
}

function conditionsOf(rule: ActionRule, places: readonly string[]): readonly Condition[] {
  return Object.entries(rule.when).map(([place, values]) => ({
    field: places.indexOf(place),
    words: new Set((typeof values === 'string' ? [values] : values).map(wordOf)),
  }));
}

function onFirst(conditions: readonly Condition[]): Condition | undefined {
  return conditions.find(({ field }) => field === 0);
}

const WORD_LIMIT = 256;
