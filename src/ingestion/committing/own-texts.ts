import type { JsonObject } from '../../domain/canonical-json.js';
import type { DisclosureName } from '../../domain/encrypted-part.js';
import { replaceHostileValues } from '../../domain/hostile-text.js';
import type { Redaction } from '../../domain/sourced-event.js';
import type { NamedValue } from '../preparing/event-disclosures.js';
import { redactValue } from '../redaction/redact-value.js';

/** Personal fields whose text is JSON: its texts are searched one by one, so that it stays JSON. */
const JSON_FIELDS: ReadonlySet<DisclosureName> = new Set(['filter', 'files']);

/**
 * Keeps the texts of one of Keytrail's own events as ingestion keeps those of a record: somebody typed them, so that they
 * may hold a credential, or what no store can keep.
 */
export class OwnTexts {
  readonly #counts = new Map<string, number>();

  field([name, text]: NamedValue): NamedValue {
    const kept = JSON_FIELDS.has(name) ? this.#json(name, text) : undefined;
    return [name, kept ?? this.#keep(name, text)];
  }

  details(details: JsonObject): JsonObject {
    return this.#keep('details', details);
  }

  get redactions(): readonly Redaction[] {
    return [...this.#counts].map(([path, count]) => ({ path, count }));
  }

  #keep<Value>(path: string, value: Value): Value {
    const redacted = redactValue(replaceHostileValues(value));
    if (redacted.count > 0) this.#counts.set(path, (this.#counts.get(path) ?? 0) + redacted.count);
    return redacted.value;
  }

  #json(name: DisclosureName, text: string): string | undefined {
    try {
      return JSON.stringify(this.#keep(name, JSON.parse(text) as unknown));
    } catch {
      return undefined;
    }
  }
}
