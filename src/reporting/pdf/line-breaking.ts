import { clustersOf, isPlain } from './visible-text.js';

/** A line of a text, in UTF-16 units; the spaces at a break belong to no line. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/** Widths in points. */
export interface Measure {
  /** Of a stretch of the text as it will be drawn. */
  readonly stretch: (start: number, end: number) => number;
  /** Of one character by itself: for words too long for a line, where measuring every beginning would cost too much. */
  readonly character: (cluster: string, start: number) => number;
}

/** Chinese, Japanese and Korean may break between any two characters... */
const IDEOGRAPHIC = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u3000-\u303F\uFF00-\uFF60]/u;
/** ...but a line neither starts with these nor ends with those. */
const CLOSING = /^[)\]}、。，．：；！？」』】）〉》ー々%]/u;
const OPENING = /[([{「『【（〈《]$/u;

/**
 * Where a path, an address or an id is best parted: after one of these. A `:` between digits is a time's and weak,
 * the `T` between digits is strong.
 */
const STRONG = /[/,;=&?#|@]/;
const WEAK = /[:\-._+]/;
const DIGIT = /\d/;
const TWO_DIGITS = /^\d\d$/;

/** A line that ends at a separator is at least this full. */
const FULL_ENOUGH = 0.5;

/**
 * Breaks a text into lines no wider than `width`: at spaces, between ideographs, in a longer word after a separator,
 * and if there is none, between any two characters. Always ends; a single character wider than the line overflows.
 */
export function breakLines(text: string, width: number, measure: Measure): readonly Line[] {
  const lines: Line[] = [];
  let line: Line | undefined;
  for (const piece of piecesOf(text)) {
    if (line !== undefined && measure.stretch(line.start, piece.end) <= width) {
      line = { start: line.start, end: piece.end };
      continue;
    }
    if (line !== undefined) lines.push(line);
    line = piece;
    if (measure.stretch(piece.start, piece.end) > width) {
      const parts = splitPiece(text, piece, { width, measure });
      lines.push(...parts.slice(0, -1));
      line = parts.at(-1);
    }
  }
  if (line !== undefined) lines.push({ start: line.start, end: line.end });
  return lines;
}

/** What stays together if it fits on a line of its own. */
function piecesOf(text: string): readonly Line[] {
  return Array.from(text.matchAll(/[^ ]+/g)).flatMap(({ index, 0: word }) =>
    isPlain(word) ? [{ start: index, end: index + word.length }] : ideographicPieces(word, index),
  );
}

function ideographicPieces(word: string, offset: number): readonly Line[] {
  const pieces: { start: number; end: number }[] = [];
  let before = '';
  let at = offset;
  for (const cluster of clustersOf(word)) {
    const last = pieces.at(-1);
    if (last !== undefined && !mayPart(before, cluster)) last.end = at + cluster.length;
    else pieces.push({ start: at, end: at + cluster.length });
    before = cluster;
    at += cluster.length;
  }
  return pieces;
}

function mayPart(before: string, after: string): boolean {
  const ideographs = IDEOGRAPHIC.test(before) || IDEOGRAPHIC.test(after);
  return ideographs && !CLOSING.test(after) && !OPENING.test(before);
}

/** A place where a long word may be parted, and the width of the word up to there. */
interface Stop {
  readonly at: number;
  readonly width: number;
}

function splitPiece(text: string, piece: Line, fit: { width: number; measure: Measure }): readonly Line[] {
  const stops = stopsOf(text, piece, fit.measure);
  const lines: Line[] = [];
  let from: Stop = { at: piece.start, width: 0 };
  for (let first = 0; first < stops.length;) {
    const limit = from.width + fit.width;
    let beyond = first + 1; // at least one character a line
    while (beyond < stops.length && (stops[beyond]?.width ?? 0) <= limit) beyond += 1;
    const fitting = stops.slice(first, beyond);
    const enough = from.width + fit.width * FULL_ENOUGH;
    const to = beyond === stops.length ? fitting.at(-1) : bestStop(text, fitting, enough);
    if (to === undefined) break;
    lines.push({ start: from.at, end: to.at });
    from = to;
    first += fitting.indexOf(to) + 1;
  }
  return lines;
}

function stopsOf(text: string, piece: Line, measure: Measure): readonly Stop[] {
  let at = piece.start;
  let width = 0;
  return clustersOf(text.slice(piece.start, piece.end)).map((cluster) => {
    width += measure.character(cluster, at);
    at += cluster.length;
    return { at, width };
  });
}

/** The last strong separator on a line that is full enough, else the last weak one, else the last character. */
function bestStop(text: string, stops: readonly Stop[], enough: number): Stop | undefined {
  const full = stops.filter(({ width }) => width >= enough);
  return (
    full.findLast(({ at }) => strengthAt(text, at) === 'strong') ??
    full.findLast(({ at }) => strengthAt(text, at) === 'weak') ??
    stops.at(-1)
  );
}

function strengthAt(text: string, at: number): 'strong' | 'weak' | undefined {
  const before = text[at - 1] ?? '';
  if (before === 'T' || before === ':') return (before === 'T') === isInTime(text, at) ? 'strong' : weakness(before);
  return STRONG.test(before) ? 'strong' : weakness(before);
}

function weakness(character: string): 'weak' | undefined {
  return WEAK.test(character) ? 'weak' : undefined;
}

/** Whether the character before `at` stands between the digits of a time. */
function isInTime(text: string, at: number): boolean {
  return TWO_DIGITS.test(text.slice(Math.max(0, at - 3), at - 1)) && DIGIT.test(text[at] ?? '');
}
