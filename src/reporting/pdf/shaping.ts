import { Buffer as ShapeBuffer, ClusterLevel, Direction, shape, type Font } from 'harfbuzzjs';

/** A drawn glyph. Lengths are in font units. */
export interface Glyph {
  readonly id: number;
  readonly advance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** The glyphs of the smallest stretch of text that is drawn as one: a letter, a ligature, a syllable. */
export interface GlyphCluster {
  readonly text: string;
  readonly glyphs: readonly Glyph[];
}

export interface PlacedCluster extends GlyphCluster {
  /** From the left, in font units. */
  readonly x: number;
}

/** Clusters in the order of reading, whatever the direction. */
export interface Shaped {
  readonly clusters: readonly PlacedCluster[];
  readonly width: number;
}

/** Sets the shaped text of single characters side by side: right where a font neither joins nor kerns. */
export function concatenated(parts: readonly Shaped[]): Shaped {
  const clusters: PlacedCluster[] = [];
  let width = 0;
  for (const part of parts) {
    for (const cluster of part.clusters) clusters.push({ ...cluster, x: width + cluster.x });
    width += part.width;
  }
  return { clusters, width };
}

const buffer = new ShapeBuffer();

/**
 * Turns text of one direction and one font into glyphs: joins Arabic letters, reorders Indic vowels, kerns, places
 * marks. Marks keep clusters of their own where they can, so that each glyph stands for its own characters.
 */
export function shapeText(font: Font, text: string, rightToLeft: boolean): Shaped {
  buffer.reset();
  buffer.setClusterLevel(ClusterLevel.MONOTONE_CHARACTERS);
  buffer.addText(text);
  buffer.setDirection(rightToLeft ? Direction.RTL : Direction.LTR);
  buffer.setLanguage('en');
  buffer.guessSegmentProperties();
  shape(font, buffer);
  return clustered(text);
}

const JOINERS = /^[\u200C\u200D]+$/;

function clustered(text: string): Shaped {
  const found = new Map<number, { x: number; glyphs: Glyph[] }>();
  let width = 0;
  for (const glyph of buffer.getGlyphInfosAndPositions()) {
    const { codepoint: id, cluster, xAdvance: advance = 0, xOffset = 0, yOffset = 0 } = glyph;
    const known = found.get(cluster);
    if (known === undefined) found.set(cluster, { x: width, glyphs: [{ id, advance, xOffset, yOffset }] });
    else known.glyphs.push({ id, advance, xOffset, yOffset });
    width += advance;
  }
  return { clusters: inReadingOrder(text, found), width };
}

function inReadingOrder(
  text: string,
  found: ReadonlyMap<number, Omit<PlacedCluster, 'text'>>,
): readonly PlacedCluster[] {
  const clusters: PlacedCluster[] = [];
  const starts = [...found.keys()].sort((a, b) => a - b);
  for (const [index, start] of starts.entries()) {
    const cluster = found.get(start);
    const own = text.slice(start, starts[index + 1] ?? text.length);
    const before = clusters.at(-1);
    // A joiner has nothing to draw: it is read with the letter that it follows.
    if (before !== undefined && JOINERS.test(own))
      clusters[clusters.length - 1] = { ...before, text: before.text + own };
    else if (cluster !== undefined) clusters.push({ ...cluster, text: own });
  }
  return clusters;
}
