const REPLACEMENT = '\uFFFD';

/**
 * NUL and lone surrogates become U+FFFD, so that no caller can hide an access behind bytes that a store cannot keep.
 * Returns the same string when there is nothing to replace.
 */
export function replaceHostileText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', REPLACEMENT) : wellFormed;
}

/**
 * The text cut to at most `limit` UTF-16 code units, never in the middle of a surrogate pair.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** The same JSON value with every text in it, keys included, made storable. Shares what needs no change. */
export function replaceHostileValues<T>(value: T): T {
  if (typeof value === 'string') return replaceHostileText(value) as T;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return replaceInArray(value) as T;
  return replaceInObject(value as Record<string, unknown>) as T;
}

function replaceInArray(items: readonly unknown[]): readonly unknown[] {
  const replaced = items.map((item) => replaceHostileValues(item));
  return replaced.some((item, index) => item !== items[index]) ? replaced : items;
}

function replaceInObject(record: Record<string, unknown>): Record<string, unknown> {
  let changed = false;
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(record)) {
    const entry: [string, unknown] = [replaceHostileText(key), replaceHostileValues(value)];
    changed ||= entry[0] !== key || entry[1] !== value;
    entries.push(entry);
  }
  return changed ? Object.fromEntries(entries) : record;
}
