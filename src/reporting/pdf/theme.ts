/** Sizes in points (1/72 inch). y runs downwards from the top edge. */
export const PAGE = {
  width: 595.28, // A4
  height: 841.89,
  left: 54,
  right: 541.28,
  top: 76,
  bottom: 776,
} as const;

export const CONTENT_WIDTH = PAGE.right - PAGE.left;

/** sRGB, 0 to 1 as the content stream wants them. */
export type Colour = string;

const rgb = (hex: string): Colour =>
  [1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(3)).join(' ');

/** Text colours have a contrast of at least 4.5 to 1 on white and on `shade`. */
export const COLOUR = {
  ink: rgb('#1b2430'),
  soft: rgb('#475467'),
  muted: rgb('#626c7a'),
  accent: rgb('#14566b'),
  alert: rgb('#9a3412'),
  escaped: rgb('#9a3412'),
  rule: rgb('#d3d9e0'),
  hairline: rgb('#e5e9ee'),
  shade: rgb('#f3f6f8'),
  alertShade: rgb('#fdf3ee'),
  white: rgb('#ffffff'),
} as const;

export type Weight = 400 | 600;

/** How a text is set. `code` is monospaced and always reads left to right. */
export interface TextStyle {
  readonly family: 'text' | 'code';
  readonly weight: Weight;
  readonly italic?: boolean;
  readonly size: number;
  readonly leading: number;
  readonly colour: Colour;
}

const text = (size: number, leading: number, weight: Weight, colour: Colour): TextStyle => ({
  family: 'text',
  weight,
  size,
  leading,
  colour,
});

export const STYLE = {
  kind: text(10.5, 14, 600, COLOUR.accent),
  title: text(28, 34, 600, COLOUR.ink),
  subtitle: text(13, 19, 400, COLOUR.soft),
  section: text(17, 23, 600, COLOUR.ink),
  subheading: text(11.5, 16, 600, COLOUR.accent),
  body: text(9.6, 14, 400, COLOUR.ink),
  statement: text(9, 13.2, 400, COLOUR.soft),
  noteTitle: text(9.2, 13, 600, COLOUR.accent),
  noteTitleAlert: text(9.2, 13, 600, COLOUR.alert),
  noteText: text(9.2, 13, 400, COLOUR.ink),
  tableTitle: text(10, 14, 600, COLOUR.ink),
  caption: text(8.2, 11.6, 400, COLOUR.soft),
  header: text(8, 10.8, 600, COLOUR.soft),
  cell: text(8.4, 11.4, 400, COLOUR.ink),
  label: text(8.8, 12.8, 400, COLOUR.soft),
  value: text(9.2, 12.8, 400, COLOUR.ink),
  furniture: text(7.8, 10, 400, COLOUR.muted),
  furnitureStrong: text(7.8, 10, 600, COLOUR.accent),
  furnitureAlert: text(7.8, 10, 600, COLOUR.alert),
  wordmark: text(15, 18, 600, COLOUR.ink),
} as const satisfies Record<string, TextStyle>;

/** The monospaced face looks larger than the text face at one size; this evens them out. */
const CODE_SCALE = 0.87;

export function asCode(style: TextStyle): TextStyle {
  return { ...style, family: 'code', size: Math.round(style.size * CODE_SCALE * 100) / 100 };
}

export function toned(style: TextStyle, tone: 'alert' | 'strong' | 'muted'): TextStyle {
  if (tone === 'alert') return { ...style, weight: 600, colour: COLOUR.alert };
  if (tone === 'strong') return { ...style, weight: 600 };
  return { ...style, colour: COLOUR.muted };
}

/** How "not recorded" is set: apart from any text that a record could hold. */
export function asMissing(style: TextStyle): TextStyle {
  return { ...style, family: 'text', weight: 400, italic: true, colour: COLOUR.muted };
}
