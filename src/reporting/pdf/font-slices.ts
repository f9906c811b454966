/**
 * A web font comes in slices, one file for a list of ranges of characters. This says which slices to ask for a
 * character, first slice first.
 */
export class FontSlices {
  private readonly slices: readonly { readonly name: string; readonly ranges: readonly Range[] }[];

  /** @param ranges the package's `unicode.json`: "[4]" or "latin" to "U+20,U+41-5a". */
  constructor(ranges: Readonly<Record<string, string>>) {
    this.slices = Object.entries(ranges).map(([name, list]) => ({
      name: name.replaceAll(/[[\]]/g, ''),
      ranges: parseRanges(list),
    }));
  }

  /** Names of the slices that claim the character; the font itself has the last word. */
  claiming(codePoint: number): readonly string[] {
    return this.slices.filter(({ ranges }) => holds(ranges, codePoint)).map(({ name }) => name);
  }
}

type Range = readonly [first: number, last: number];

function parseRanges(list: string): readonly Range[] {
  return list
    .split(',')
    .map((entry): Range => {
      const [first = '', last = first] = entry.trim().replace(/^U\+/i, '').split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
    })
    .sort((a, b) => a[0] - b[0]);
}

function holds(ranges: readonly Range[], codePoint: number): boolean {
  return ranges.some(([first, last]) => first <= codePoint && codePoint <= last);
}
