/** A character as JSON escapes it, one escape for each of its UTF-16 units: `\u202e`. */
export function jsonEscape(character: string): string {
  return character.split('').map(escapeUnit).join('');
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
