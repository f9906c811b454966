import { replaceHostileValues } from '../../domain/hostile-text.js';
import { asArray } from '../json-record.js';

const LIST_LIMIT = 65_536;

/** A list of texts; CloudTrail Lake writes lists as JSON text. */
export function textList(value: unknown): readonly string[] {
  const items = typeof value === 'string' ? listInText(value) : asArray(value);
  return items.filter((item): item is string => typeof item === 'string' && item !== '');
}

function listInText(text: string): readonly unknown[] {
  if (!text.startsWith('[') || text.length > LIST_LIMIT) return [text];
  try {
    return asArray(replaceHostileValues(JSON.parse(text)));
  } catch {
    return [];
  }
}
