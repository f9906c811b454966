/**
 * Characters that change how a text reads without being seen: marks that turn the writing direction, separators,
 * zero-width fillers. Joiners (U+200C, U+200D) stay, as names in several scripts are misspelt without them.
 */
const HIDDEN = '\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB';
const hidden = new RegExp(`[${HIDDEN}]`, 'gu');
const hiddenOrControl = new RegExp(`[${HIDDEN}\\p{Cc}]`, 'gu');

/** For people: each hidden or control character as `\u{202e}`. */
export function showHidden(text: string): string {
  return text.replace(hiddenOrControl, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** For programs: the same JSON value, with each hidden character written as a JSON escape. */
export function escapeHidden(json: string): string {
  return json.replace(hidden, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
