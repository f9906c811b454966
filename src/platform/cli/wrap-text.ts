import { displayWidth } from './display-width.js';

/** After one of these a path, an address or an id is best parted. */
const SEPARATOR = /[/:@._\-,;=&?)]/;

/** A line that ends at a separator is at least this full. */
const FULL_ENOUGH = 0.5;

/**
 * A printable text in lines of at most `width` columns: parted at a blank or after a separator, where that
 * leaves no line nearly empty, else between any two characters. Nothing is lost but the blanks at the breaks. A single character wider than the line overflows.
 */
export function wrapToWidth(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (displayWidth(rest) > width) {
    const end = breakOf(rest, fittingEnd(rest, width));
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' && lines.length > 0 ? lines : [...lines, rest];
}

/** The end of what fits, in UTF-16 units; at least one character. */
function fittingEnd(text: string, width: number): number {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width && end > 0) break;
    end += character.length;
  }
  return end;
}

function breakOf(text: string, fitting: number): number {
  if (text[fitting] === ' ') return fitting;
  const enough = fitting * FULL_ENOUGH;
  const blank = text.lastIndexOf(' ', fitting - 1);
  if (blank >= enough) return blank;
  for (let end = fitting; end >= enough; end -= 1) if (SEPARATOR.test(text[end - 1] ?? '')) return end;
  return blank > 0 ? blank : fitting;
}
