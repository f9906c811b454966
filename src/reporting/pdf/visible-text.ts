import { isHidden } from '../../domain/hidden-text.js';

/** A stretch of text as it will be drawn: as it is, or written out as `\u{...}`. */
export interface VisiblePart {
  readonly text: string;
  readonly escaped: boolean;
}

/** On paper also what has no meaning (private and unassigned), joiners out of place, and spaces that do not look like one. */
const HIDDEN_ON_PAPER = /[\u200C\u200D\p{Co}\p{Cn}]|(?![ \u00A0\u3000])\p{Zs}/u;

/** Persian, Urdu and Hindi names need joiners between two letters: there, and only there, they are seen (RFC 5892 A.1). */
const JOINER = /(?<=[\p{sc=Arab}\p{sc=Deva}]\p{M}*)[\u200C\u200D](?=[\p{sc=Arab}\p{sc=Deva}])/uy;

const PLAIN = /^[\x20-\x7E]*$/;

/** More marks than any orthography puts on one letter would run over the lines above and below. */
const LONGEST_CLUSTER = 12;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** U+202E becomes `\u{202E}`; also for lone surrogates. */
export function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

/** The user-perceived characters of a text: what may be parted by a line break, and what one face must draw alone. */
export function clustersOf(text: string): readonly string[] {
  if (isPlain(text)) return Array.from(text);
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/**
 * Splits a text into what may be drawn and what must be written out because it would hide or reorder something.
 * Concatenated, the parts read as the page will.
 */
export function visibleParts(text: string): readonly VisiblePart[] {
  if (isPlain(text)) return text === '' ? [] : [{ text, escaped: false }];
  const parts: VisiblePart[] = [];
  let drawn = '';
  for (let at = 0; at < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if ((isHidden(character) || HIDDEN_ON_PAPER.test(character)) && !isJoinerAt(text, at)) {
      if (drawn !== '') parts.push({ text: drawn, escaped: false });
      drawn = '';
      parts.push({ text: escapeCharacter(character), escaped: true });
    } else drawn += character;
    at += character.length;
  }
  if (drawn !== '') parts.push({ text: drawn, escaped: false });
  return parts;
}

function isJoinerAt(text: string, at: number): boolean {
  JOINER.lastIndex = at;
  return JOINER.test(text);
}

/** Whether a cluster can be drawn at its place without running into its neighbours. */
export function isDrawableCluster(cluster: string): boolean {
  return cluster.length <= LONGEST_CLUSTER;
}
