import { inspect } from 'node:util';

const SHOWN = '[secret]';

/**
 * A value that must not be printed: keys, passwords, tokens of Keytrail's own. Every way a value usually leaks into a log
 * (string conversion, JSON, inspect) shows `[secret]`.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. The reason is for the reader of the calling code; it is not kept. */
  expose(_reason: string): T {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
