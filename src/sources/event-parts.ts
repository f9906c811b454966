import type { MarkedText, Person } from '../domain/sourced-event.js';
import type { PathPattern, PathPiece } from './path-pattern.js';

/** The people of one event, each once. Events and paths refer to them by index. */
export class PeopleList {
  readonly list: Person[] = [];
  readonly #indexes = new Map<string, number>();

  add(person: Person): number {
    const name = `${person.kind} ${String(person.authenticated)} ${person.nativeId}`;
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    this.#indexes.set(name, this.list.length);
    return this.list.push(person) - 1;
  }
}

/** A person whom a path names. Proved only as far as the caller is: a stranger's guess must not create a subject. */
export function namedPerson(name: string, nativeId: string, authenticated: boolean): Person {
  const email = emailOf(name);
  return { kind: 'user', nativeId, name, ...(email && { email }), authenticated };
}

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/u;

/** The text itself where it has the form of an e-mail address. */
export function emailOf(text: string | undefined): string | undefined {
  return text !== undefined && EMAIL.test(text) ? text : undefined;
}

/** The path with the people marked whom the first matching pattern points at; the name is the native id. */
export function markPeople(
  path: string,
  patterns: readonly PathPattern[],
  addPerson: (name: string) => number,
): MarkedText {
  const pieces = patterns.length === 0 ? undefined : firstSplit(path, patterns);
  return pieces ? markPieces(pieces, addPerson) : [path];
}

function firstSplit(path: string, patterns: readonly PathPattern[]): readonly PathPiece[] | undefined {
  for (const pattern of patterns) {
    const pieces = pattern.split(path);
    if (pieces) return pieces;
  }
  return undefined;
}

function markPieces(pieces: readonly PathPiece[], addPerson: (name: string) => number): MarkedText {
  const marked: (string | { readonly person: number })[] = [];
  for (const piece of pieces) {
    const last = marked.at(-1);
    if (piece.isPerson) marked.push({ person: addPerson(piece.text) });
    else if (typeof last === 'string') marked[marked.length - 1] = last + piece.text;
    else marked.push(piece.text);
  }
  return marked;
}

/** The text with `{person}` in every named person's place, for where a text has no room for a mark. */
export function withoutPeople(marked: MarkedText): string {
  return marked.map((piece) => (typeof piece === 'string' ? piece : '{person}')).join('');
}
