import { redactText } from './redact-text.js';

export interface RedactedValue<Value> {
  readonly value: Value;
  /** How many credentials were replaced. */
  readonly count: number;
}

/** A JSON value with every credential in its texts, keys included, replaced by `{redacted: rule}`. */
export function redactValue<Value>(value: Value): RedactedValue<Value> {
  let count = 0;
  const redacted = (text: string): string => {
    const found = redactText(text);
    count += found?.rules.length ?? 0;
    return found?.text ?? text;
  };
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return redacted(part);
    if (Array.isArray(part)) return part.map(walk);
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [redacted(key), walk(member)]));
  };
  return { value: walk(value) as Value, count };
}
