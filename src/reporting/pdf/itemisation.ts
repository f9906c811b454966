import { clustersOf, escapeCharacter, isDrawableCluster, isPlain, visibleParts } from './visible-text.js';

/** A stretch of displayed text that one face draws. */
export interface Item<F> {
  readonly start: number;
  readonly end: number;
  readonly face: F;
  /** Written out as `\u{...}`; set in another colour, so that it can't be mistaken for text that reads the same. */
  readonly escaped: boolean;
}

export interface Itemised<F> {
  /** The text as it will stand on the page. */
  readonly text: string;
  readonly items: readonly Item<F>[];
}

/** The face that has every character of a cluster, or undefined. */
export type FaceChoice<F> = (cluster: string) => F | undefined;

const MARK = /^\p{M}/u;

/**
 * Splits a text into items, each drawn by one face. What no face has is written out in `plain`. A cluster that no face
 * has as it stands is tried composed (NFC), then without its marks.
 */
export function itemise<F>(source: string, plain: F, choose: FaceChoice<F>): Itemised<F> {
  const builder = new ItemBuilder<F>();
  for (const part of visibleParts(source)) {
    if (part.escaped || isPlain(part.text)) builder.add(part.text, plain, part.escaped);
    else for (const cluster of clustersOf(part.text)) addCluster(cluster, plain, { builder, choose });
  }
  return builder.done();
}

function addCluster<F>(cluster: string, plain: F, to: { builder: ItemBuilder<F>; choose: FaceChoice<F> }): void {
  if (isDrawableCluster(cluster)) {
    for (const form of [cluster, cluster.normalize('NFC')]) {
      const face = to.choose(form);
      if (face !== undefined) {
        to.builder.add(form, face, false);
        return;
      }
    }
  }
  for (const character of cluster) {
    const face = MARK.test(character) ? undefined : to.choose(character);
    if (face === undefined) to.builder.add(escapeCharacter(character), plain, true);
    else to.builder.add(character, face, false);
  }
}

class ItemBuilder<F> {
  private text = '';
  private readonly items: { start: number; end: number; face: F; escaped: boolean }[] = [];

  add(text: string, face: F, escaped: boolean): void {
    if (text === '') return;
    const start = this.text.length;
    this.text += text;
    const last = this.items.at(-1);
    if (last?.face === face && last.escaped === escaped) last.end = this.text.length;
    else this.items.push({ start, end: this.text.length, face, escaped });
  }

  done(): Itemised<F> {
    return { text: this.text, items: this.items };
  }
}
