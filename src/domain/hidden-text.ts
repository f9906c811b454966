import { jsonEscape } from './json-escape.js';

/**
 * Characters that a reader does not see, or that a terminal obeys: controls, marks that turn the direction of writing,
 * separators of lines, lone surrogates, and everything a font may leave out (UAX #44 Default_Ignorable). Joiners (U+200C,
 * U+200D) are none of them, as names in several scripts are misspelt without them.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}](?<![\u200C\u200D])/gu;
/** In JSON these stand between values only: within one they are escapes already. */
const JSON_BLANK = /[\t\n\r]/;
const PLAIN = /^[\x20-\x7E]*$/;

export function isHidden(character: string): boolean {
  return character.search(HIDDEN) >= 0;
}

/** The text with each hidden character as `replacement`. */
export function replaceHidden(text: string, replacement: string): string {
  return PLAIN.test(text) ? text : text.replace(HIDDEN, replacement);
}

/** For people: each hidden character as `\u{202e}`. */
export function showHidden(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** For programs: the same JSON value, with each hidden character written as a JSON escape. */
export function escapeHidden(json: string): string {
  if (PLAIN.test(json)) return json;
  return json.replace(HIDDEN, (character) => (JSON_BLANK.test(character) ? character : jsonEscape(character)));
}
