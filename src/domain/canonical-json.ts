/** A JSON value; what RFC 8785 can write. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * The canonical text of a JSON value by RFC 8785 (JCS): keys sorted by UTF-16 code units, numbers as ECMAScript prints
 * them, no blanks. `undefined` members are left out, so that an absent optional field needs no care at the caller's.
 * Lone surrogates must have been replaced before (`replaceHostileText`); RFC 8785 section 3.2.2.2 forbids them.
 * Recursion is as deep as the value: bound the depth when parsing.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (Array.isArray(value)) return canonicalArray(value);
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>);
  throw new TypeError(`a ${typeof value} is not JSON`);
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('RFC 8785 has no form for NaN or infinity');
  return Object.is(value, -0) ? '0' : String(value);
}

function canonicalArray(items: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) text += ',';
    text += canonicalJson(items[index]);
  }
  return text + ']';
}

function canonicalObject(record: Record<string, unknown>): string {
  const keys = Object.keys(record);
  // The default sort compares UTF-16 code units, which is the order RFC 8785 section 3.2.3 asks for.
  if (!inOrder(keys)) keys.sort();
  let text = '{';
  for (const key of keys) {
    const value = record[key];
    if (value === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${quoted(key)}:${canonicalJson(value)}`;
  }
  return text + '}';
}

/** Most objects of one kind have their keys in one order, and sorting is half of the cost. */
function inOrder(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] ?? '') > (keys[index] ?? '')) return false;
  }
  return true;
}

const PLAIN = /^[\w .:/@+-]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
