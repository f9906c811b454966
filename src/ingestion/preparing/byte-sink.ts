/** A UTF-16 code unit takes at most three bytes in UTF-8. */
const BYTES_A_UNIT = 3;

/** Texts written as UTF-8 one behind the other, so that a whole delivery is one buffer that can change threads. */
export class ByteSink {
  #buffer: Buffer<ArrayBuffer>;
  #end = 0;

  /** @param expected bytes; more are made room for when they come. */
  constructor(expected: number) {
    this.#buffer = Buffer.from(new ArrayBuffer(expected));
  }

  /** Where the text begins and ends. */
  write(text: string): readonly [start: number, end: number] {
    this.#reserve(text.length * BYTES_A_UNIT);
    const start = this.#end;
    this.#end += this.#buffer.write(text, start, 'utf8');
    return [start, this.#end];
  }

  /** All that was written, in a buffer of its own. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#buffer.buffer, 0, this.#end);
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(this.#buffer.length * 2, this.#end + bytes)));
    larger.set(this.#buffer.subarray(0, this.#end));
    this.#buffer = larger;
  }
}
