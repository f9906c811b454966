/** A JSON object as it was parsed. Only own text keys are ever looked up, so what it inherits is of no account. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** What a field holds that is read for a decision but must not be kept: nothing was lost when it is dropped. */
export function isAbsent(value: unknown): value is null | undefined | '' {
  return value === undefined || value === null || value === '';
}

export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function recordAt(record: JsonRecord | undefined, key: string): JsonRecord | undefined {
  return record && asRecord(record[key]);
}

/** The text of a field; absent when it is empty or no text. */
export function textAt(record: JsonRecord | undefined, key: string): string | undefined {
  const value = record?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const CODE = /^[\w.:/@+=,!*~-]{1,256}$/;

/**
 * A field that holds a name out of some vocabulary (an account, a region, an error code, a request id): one word of
 * printable ASCII. Anything else there is not what the field is for, and is not kept.
 */
export function codeAt(record: JsonRecord | undefined, key: string): string | undefined {
  const value = record?.[key];
  return typeof value === 'string' && CODE.test(value) ? value : undefined;
}

/** A whole number that is not negative, also when it is written as text. */
export function countAt(record: JsonRecord | undefined, key: string): number | undefined {
  const value = record?.[key];
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value === 'string' && DIGITS.test(value)) return Number(value);
  return undefined;
}

const DIGITS = /^\d{1,15}$/;

/** A truth value, also when it is written as text. */
export function truthAt(record: JsonRecord | undefined, key: string): boolean | undefined {
  const value = record?.[key];
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}
