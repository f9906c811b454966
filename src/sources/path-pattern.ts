/**
 * An operator's pattern for paths and role ARNs. `*` stands for anything within a segment, `{person}` for a person's
 * name within one, `**` as the last segment for all that follows. One wildcard a segment, so that matching is linear.
 */
export class PathPattern {
  readonly #expression: RegExp;
  /** Numbers of the groups that hold a person's name. */
  readonly #people: readonly number[];

  constructor(readonly text: string) {
    const faults = pathPatternFault(text);
    if (faults) throw new TypeError(faults);
    const people: number[] = [];
    let groups = 0;
    const source = text.split(/(\{person\}|\*\*?)/u).map((piece) => {
      if (piece === '') return '';
      groups += 1;
      if (piece === '{person}') people.push(groups);
      return `(${expressionOf(piece)})`;
    });
    this.#expression = new RegExp(`^${source.join('')}$`, 'su');
    this.#people = people;
  }

  matches(path: string): boolean {
    return this.#expression.test(path);
  }

  /** The path in pieces, each told whether it is a person's name; `undefined` when it does not match. */
  split(path: string): readonly PathPiece[] | undefined {
    const match = this.#expression.exec(path);
    if (!match) return undefined;
    return match
      .slice(1)
      .map((text, index) => ({ text, isPerson: this.#people.includes(index + 1) }))
      .filter((piece) => piece.text !== '');
  }
}

export interface PathPiece {
  readonly text: string;
  readonly isPerson: boolean;
}

/** What is wrong with a pattern, in our own words; `undefined` when it is fine. */
export function pathPatternFault(text: string): string | undefined {
  if (text === '' || text.length > 512) return 'a pattern has 1 to 512 characters';
  const segments = text.split('/');
  for (const [index, segment] of segments.entries()) {
    if (segment === '**') {
      if (index < segments.length - 1) return '** can only be the last segment';
    } else if ((segment.match(/\*|\{person\}/gu) ?? []).length > 1) {
      return 'a segment can hold one wildcard';
    }
  }
  return undefined;
}

function expressionOf(piece: string): string {
  if (piece === '{person}') return '[^/]+';
  if (piece === '**') return '.*';
  return piece === '*' ? '[^/]*' : piece.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
