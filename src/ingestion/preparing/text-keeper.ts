import { cutText } from '../../domain/hostile-text.js';
import type { Redaction } from '../../domain/sourced-event.js';
import { redactText } from '../redaction/redact-text.js';
import type { KeptField } from './kept-fields.js';

/** Keeps the texts of one event: without credentials, no longer than they may be, and notes what it changed. */
export class TextKeeper {
  readonly flags = new Set<string>();
  readonly #redactions = new Map<string, number>();
  /** Names of the redaction rules that matched, one for each match. */
  readonly rules: string[] = [];

  keep(text: string, field: KeptField): string {
    const redacted = redactText(text, field.exceptRule);
    if (redacted) {
      this.#redactions.set(field.path, (this.#redactions.get(field.path) ?? 0) + redacted.rules.length);
      this.rules.push(...redacted.rules);
    }
    const kept = redacted?.text ?? text;
    if (kept.length <= field.limit) return kept;
    this.flags.add(field.cutFlag);
    return cutText(kept, field.limit);
  }

  /** As `keep`, for what may be absent: an object of one member or none, to be spread. */
  keepAs<Name extends string>(
    name: Name,
    text: string | undefined,
    field: KeptField,
  ): Readonly<Partial<Record<Name, string>>> {
    return (text === undefined ? {} : { [name]: this.keep(text, field) }) as Partial<Record<Name, string>>;
  }

  /** The list's first items, kept one by one. */
  keepList(texts: readonly string[], field: KeptField, most: number): readonly string[] {
    if (texts.length > most) this.flags.add(field.cutFlag);
    return texts.slice(0, most).map((text) => this.keep(text, field));
  }

  get redactions(): readonly Redaction[] {
    return [...this.#redactions].map(([path, count]) => ({ path, count }));
  }
}
