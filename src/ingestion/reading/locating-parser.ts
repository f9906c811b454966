import type { RejectionReason } from '../../sources/source.port.js';
import { endOfString } from './scan-json.js';

const PRIMITIVE_END = /[,\]}\s]/g;
const BLANKS = /[ \t\n\r]*/y;

class NotJson extends Error {}

/**
 * A JSON parser that also says which arrays and objects hold a doubled key or something nested too deep. Ten times slower
 * than `JSON.parse`, so it reads only texts already known to have such a fault. What lies too deep is skipped, not built.
 */
export class LocatingParser {
  readonly faults = new Map<object, RejectionReason>();
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly depthLimit: number,
  ) {}

  /** The value, or `undefined` when the text is no JSON. */
  parse(): unknown {
    try {
      const value = this.#value(1);
      this.#skipBlanks();
      return this.#at === this.text.length ? value : undefined;
    } catch (error) {
      if (error instanceof NotJson) return undefined;
      throw error;
    }
  }

  #value(depth: number): unknown {
    this.#skipBlanks();
    const first = this.text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    return this.#primitive(first === '"');
  }

  #object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#members('}', () => {
      const key = this.#primitive(true) as string;
      this.#expect(':');
      if (Object.hasOwn(object, key)) this.faults.set(object, 'duplicate_key');
      const value = this.#nested(object, depth);
      // A definition, not an assignment: `__proto__` is a key as any other.
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
    });
    return object;
  }

  #array(depth: number): unknown[] {
    const array: unknown[] = [];
    this.#members(']', () => {
      array.push(this.#nested(array, depth));
    });
    return array;
  }

  #members(end: string, readOne: () => void): void {
    this.#at += 1;
    this.#skipBlanks();
    if (this.#take(end)) return;
    for (;;) {
      this.#skipBlanks();
      readOne();
      if (this.#take(end)) return;
      this.#expect(',');
    }
  }

  #nested(container: object, depth: number): unknown {
    this.#skipBlanks();
    const first = this.text[this.#at];
    if (depth < this.depthLimit || (first !== '{' && first !== '[')) return this.#value(depth + 1);
    this.faults.set(container, 'too_deep');
    this.#skipNested();
    return null;
  }

  /** Passes over an array or object, its syntax unjudged. */
  #skipNested(): void {
    let open = 0;
    for (; this.#at < this.text.length; this.#at += 1) {
      const character = this.text[this.#at];
      if (character === '"') this.#at = endOfString(this.text, this.#at);
      else if (character === '{' || character === '[') open += 1;
      else if (character === '}' || character === ']') open -= 1;
      if (open === 0) {
        this.#at += 1;
        return;
      }
    }
    throw new NotJson();
  }

  #primitive(isString: boolean): unknown {
    const start = this.#at;
    if (isString && this.text[start] !== '"') throw new NotJson();
    this.#at = isString ? endOfString(this.text, start) + 1 : this.#endOfPrimitive();
    try {
      return JSON.parse(this.text.slice(start, this.#at));
    } catch {
      throw new NotJson();
    }
  }

  #endOfPrimitive(): number {
    PRIMITIVE_END.lastIndex = this.#at;
    return PRIMITIVE_END.exec(this.text)?.index ?? this.text.length;
  }

  #take(character: string): boolean {
    this.#skipBlanks();
    if (this.text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw new NotJson();
  }

  #skipBlanks(): void {
    BLANKS.lastIndex = this.#at;
    BLANKS.test(this.text);
    this.#at = BLANKS.lastIndex;
  }
}
