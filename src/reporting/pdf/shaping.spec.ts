import { describe, expect, it } from '@jest/globals';
import { facesFor } from './font-families.js';
import { shapeText, type Shaped } from './shaping.js';
import { staticFont } from './static-fonts.js';
import { STYLE } from './theme.js';

async function shaped(text: string, rightToLeft: boolean): Promise<Shaped> {
  const [face] = facesFor(text.codePointAt(0) ?? 0, STYLE.cell, text);
  if (face === undefined) throw new Error(`no face for ${text}`);
  return shapeText((await staticFont(face)).font, text, rightToLeft);
}

const glyphs = ({ clusters }: Shaped): number[] => clusters.flatMap((cluster) => cluster.glyphs.map(({ id }) => id));

describe(shapeText.name, () => {
  it('joins Arabic letters', async () => {
    const joined = await shaped('بببب', true);
    const alone = await shaped('ب', true);

    expect(glyphs(joined)).not.toEqual(Array(4).fill(glyphs(alone)).flat());
    expect(joined.width).toBeLessThan(4 * alone.width);
  });

  it('gives clusters in the order of reading, placed from the right', async () => {
    const { clusters, width } = await shaped('אבג', true);

    expect(clusters.map(({ text }) => text)).toEqual(['א', 'ב', 'ג']);
    expect(clusters[0]?.x).toBeGreaterThan(width / 2);
    expect(clusters[2]?.x).toBe(0);
  });

  it('draws an Indic vowel before the letter it is read after', async () => {
    const { clusters } = await shaped('कि', false);
    const consonant = await shaped('क', false);

    expect(clusters.map(({ text }) => text)).toEqual(['कि']);
    expect(clusters[0]?.glyphs.at(-1)?.id).toBe(glyphs(consonant)[0]);
  });

  it('reads a joiner with the letter before it', async () => {
    const { clusters } = await shaped('ی\u200Cر', true);

    expect(clusters.map(({ text }) => text)).toEqual(['ی\u200C', 'ر']);
  });

  it('kerns', async () => {
    const pair = await shaped('AV', false);

    expect(pair.width).toBeLessThan((await shaped('A', false)).width + (await shaped('V', false)).width);
  });
});
