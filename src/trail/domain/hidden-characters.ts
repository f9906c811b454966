import { jsonEscape } from '../../domain/json-escape.js';

/**
 * Characters that change how a text reads without being seen: marks that turn the writing direction, separators,
 * zero-width fillers. Joiners (U+200C, U+200D) stay, as names in several scripts are misspelt without them.
 */
const HIDDEN =
  '\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF' +
  '\\uFFA0\\uFFF9-\\uFFFB\\u{E0000}-\\u{E0FFF}';
/** JSON leaves these controls as they are; a terminal takes U+009B for the beginning of an order to it. */
const hidden = new RegExp(`[${HIDDEN}\\u007F-\\u009F]`, 'gu');
const hiddenOrControl = new RegExp(`[${HIDDEN}\\p{Cc}]`, 'gu');

/** For people: each hidden or control character as `\u{202e}`. */
export function showHidden(text: string): string {
  return text.replace(hiddenOrControl, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** For programs: the same JSON value, with each hidden character and control written as a JSON escape. */
export function escapeHidden(json: string): string {
  return json.replace(hidden, jsonEscape);
}
