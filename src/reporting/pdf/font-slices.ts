/** A range of characters, and the slice that claims it. */
interface Claim {
  readonly first: number;
  readonly last: number;
  readonly slice: string;
}

/**
 * A web font comes in slices, one file for a list of ranges of characters. This says which slices to ask for a
 * character, in the order of the list.
 */
export class FontSlices {
  /** Claims by block of 256 characters, as a Chinese font makes ten thousand of them. */
  private readonly blocks = new Map<number, Claim[]>();

  /** @param ranges the package's `unicode.json`: "[4]" or "latin" to "U+20,U+41-5a". */
  constructor(ranges: Readonly<Record<string, string>>) {
    for (const [name, list] of Object.entries(ranges)) {
      const slice = name.replaceAll(/[[\]]/g, '');
      for (const entry of list.split(',')) this.add(claimOf(entry, slice));
    }
  }

  /** Names of the slices that claim the character; the font itself has the last word. */
  claiming(codePoint: number): readonly string[] {
    const claims = this.blocks.get(codePoint >> 8) ?? [];
    return claims.filter(({ first, last }) => first <= codePoint && codePoint <= last).map(({ slice }) => slice);
  }

  private add(claim: Claim): void {
    for (let block = claim.first >> 8; block <= claim.last >> 8; block += 1) {
      const claims = this.blocks.get(block);
      if (claims === undefined) this.blocks.set(block, [claim]);
      else claims.push(claim);
    }
  }
}

function claimOf(entry: string, slice: string): Claim {
  const [first = '', last = first] = entry.trim().replace(/^U\+/i, '').split('-');
  return { first: Number.parseInt(first, 16), last: Number.parseInt(last, 16), slice };
}
