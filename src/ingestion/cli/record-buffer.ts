import { isBlank } from './json-structure.js';

/** The bytes of a record that may reach over several chunks; beyond `limit` they are counted and no longer kept. */
export class RecordBuffer {
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(private readonly limit: number) {}

  get length(): number {
    return this.#length;
  }

  /** Copies, as a chunk's memory is used again by who reads the file. */
  add(piece: Uint8Array): void {
    this.#length += piece.length;
    if (this.#length > this.limit) this.#pieces = [];
    else this.#pieces.push(Uint8Array.prototype.slice.call(piece));
  }

  /** What was added, without the blanks at its end; `undefined` when it was longer than the limit. */
  take(): Uint8Array | undefined {
    if (this.#length > this.limit) return undefined;
    const bytes = this.#pieces.length === 1 && this.#pieces[0] ? this.#pieces[0] : Buffer.concat(this.#pieces);
    let end = bytes.length;
    while (end > 0 && isBlank(bytes[end - 1] ?? 0)) end -= 1;
    return bytes.subarray(0, end);
  }
}
