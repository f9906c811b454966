export const BYTE = {
  tab: 0x09,
  newline: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openArray: 0x5b,
  backslash: 0x5c,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

/** JSON's blanks (RFC 8259 section 2). */
export function isBlank(byte: number): boolean {
  return byte === BYTE.space || byte === BYTE.tab || byte === BYTE.newline || byte === BYTE.carriageReturn;
}

export type Progress = 'more' | 'done' | 'broken';

/** Deeper containers are only counted: their brackets are no longer compared. */
const TRACKED_DEPTH = 1_000;

/**
 * Follows one JSON object or array byte by byte to its end. It knows strings and brackets and where a value may not
 * begin; whether the text is JSON in every detail is the reader's question. Fed with the opening bracket first.
 */
export class JsonStructure {
  readonly #containers: boolean[] = []; // true = array
  #depth = 0;
  #deepest = 0;
  #inString = false;
  #escaped = false;
  #last = 0; // the last byte that is not blank and not within a string

  get inString(): boolean {
    return this.#inString;
  }

  /** How deep containers were nested; 1 for a flat object. */
  get deepest(): number {
    return this.#deepest;
  }

  feed(byte: number): Progress {
    if (this.#inString) return this.#feedString(byte);
    if (isBlank(byte)) return 'more';
    if (byte === BYTE.quote) return this.#openString();
    if (byte === BYTE.openObject || byte === BYTE.openArray) return this.#open(byte);
    if (byte === BYTE.closeObject || byte === BYTE.closeArray) return this.#close(byte);
    this.#last = byte;
    return 'more';
  }

  #feedString(byte: number): Progress {
    if (byte === BYTE.newline) return 'broken'; // JSON has no raw line break in a string
    if (this.#escaped) this.#escaped = false;
    else if (byte === BYTE.backslash) this.#escaped = true;
    else if (byte === BYTE.quote) this.#inString = false;
    return 'more';
  }

  #openString(): Progress {
    if (!this.#followsOpening() && this.#last !== BYTE.colon) return 'broken';
    this.#inString = true;
    this.#last = BYTE.quote;
    return 'more';
  }

  #open(byte: number): Progress {
    const isElement = this.#containers[this.#depth - 1] !== false && this.#followsOpening();
    if (this.#depth > 0 && this.#last !== BYTE.colon && !isElement) return 'broken';
    if (this.#depth < TRACKED_DEPTH) this.#containers[this.#depth] = byte === BYTE.openArray;
    this.#depth += 1;
    this.#deepest = Math.max(this.#deepest, this.#depth);
    this.#last = byte;
    return 'more';
  }

  #close(byte: number): Progress {
    this.#depth -= 1;
    const isArray = this.#depth < TRACKED_DEPTH ? this.#containers[this.#depth] : byte === BYTE.closeArray;
    if (isArray !== (byte === BYTE.closeArray)) return 'broken';
    this.#last = byte;
    return this.#depth === 0 ? 'done' : 'more';
  }

  #followsOpening(): boolean {
    return this.#last === BYTE.comma || this.#last === BYTE.openObject || this.#last === BYTE.openArray;
  }
}
