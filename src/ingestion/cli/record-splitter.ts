import { BYTE, isBlank, JsonStructure } from './json-structure.js';
import { RecordBuffer } from './record-buffer.js';

/** One record as it stands in a file. Whether its text is JSON is the reader's question. */
export interface FileRecord {
  /** Absent when the record is longer than the limit. */
  readonly bytes?: Uint8Array;
  readonly length: number;
  /** From 1. */
  readonly line: number;
  /** From 0, in the decompressed file. */
  readonly byte: number;
  /** How deep it is nested; 0 for what is no object or array. */
  readonly depth: number;
}

/** Where the next byte stands: among top-level values, among a container's elements, or behind a wrapping's array. */
type Place = 'values' | 'elements' | 'tail';

interface OpenRecord {
  readonly line: number;
  readonly byte: number;
  readonly buffer: RecordBuffer;
  readonly structure: JsonStructure;
  /** `scalar`: no object or array. `damaged`: can't be JSON any more; it reaches to the end of its line. */
  kind: 'structure' | 'scalar' | 'damaged';
  /** Where in the present chunk it begins. */
  from: number;
  /** How much of the wrapping's beginning has been seen; -1 once it can't be one any more. */
  wrapping: number;
}

/** The beginning of an AWS file, without blanks. */
const WRAPPING = Buffer.from('{"Records":[');
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Splits a file into its records, chunk by chunk and in constant memory: JSON lines, JSON arrays, `{"Records": [...]}`, or
 * JSON documents one after the other, pretty-printed or without any separator. A damaged record is handed out too, for
 * its rejection to be recorded, and ends where it can't go on or at the end of its line, so that it takes no other with
 * it. How the file is cut into chunks makes no difference.
 */
export class RecordSplitter {
  #place: Place = 'values';
  #wrapping: JsonStructure | undefined;
  #open: OpenRecord | undefined;
  #line = 1;
  #lineStart = 0;
  #lineBeganClosed = true;
  /** A line that held whole records and nothing else has been seen. */
  #hasWholeLines = false;
  #chunkStart = 0;
  #chunk: Uint8Array = new Uint8Array();
  #index = 0;
  #lineHasContent = false;
  #torn = false;
  #found: FileRecord[] = [];

  /** `limit`: bytes of the longest record that is kept. */
  constructor(private readonly limit: number) {}

  /** True when an array or a wrapping ended before its bracket. */
  get torn(): boolean {
    return this.#torn;
  }

  /** The records that end in this chunk. */
  push(chunk: Uint8Array): readonly FileRecord[] {
    this.#chunk = chunk;
    for (this.#index = 0; this.#index < chunk.length; this.#index += 1) this.#feed(chunk[this.#index] ?? 0);
    if (this.#open) {
      this.#open.buffer.add(chunk.subarray(this.#open.from));
      this.#open.from = 0;
    }
    this.#chunkStart += chunk.length;
    return this.#take();
  }

  /** What was still open at the end of the file. */
  end(): readonly FileRecord[] {
    this.#chunk = new Uint8Array();
    this.#torn ||= this.#place !== 'values';
    this.#emit(0);
    return this.#take();
  }

  #feed(byte: number): void {
    if (byte === BYTE.newline) {
      this.#endLine();
      return;
    }
    if (this.#isTorn(byte)) this.#leave(true);
    if (this.#open) this.#continue(this.#open, byte);
    else this.#between(byte);
    this.#lineHasContent ||= !isBlank(byte);
  }

  #endLine(): void {
    if (this.#open?.kind !== 'structure' || this.#open.structure.inString) this.#emit(this.#index);
    const isClosed = !this.#open && this.#place === 'values';
    this.#hasWholeLines ||= this.#lineHasContent && this.#lineBeganClosed && isClosed;
    this.#lineBeganClosed = isClosed;
    this.#line += 1;
    this.#lineStart = this.#position + 1;
    this.#lineHasContent = false;
  }

  /** An array can't be a record: at the start of a line, in a file of lines, it shows that the array before was cut off. */
  #isTorn(byte: number): boolean {
    if (this.#place === 'values' || this.#open || byte !== BYTE.openArray) return false;
    return this.#hasWholeLines && this.#position === this.#lineStart;
  }

  #between(byte: number): void {
    if (isBlank(byte) || this.#isByteOrderMark(byte)) return;
    if (this.#place === 'tail') this.#followTail(byte);
    else if (this.#place === 'values' && byte === BYTE.openArray) this.#place = 'elements';
    else if (this.#place === 'elements' && byte === BYTE.closeArray) this.#closeElements(byte);
    else if (this.#place === 'values' || byte !== BYTE.comma) this.#begin(byte);
  }

  #begin(byte: number): void {
    const isStructure = byte === BYTE.openObject || byte === BYTE.openArray;
    const structure = new JsonStructure();
    if (isStructure) structure.feed(byte);
    this.#open = {
      line: this.#line,
      byte: this.#position,
      buffer: new RecordBuffer(this.limit),
      structure,
      kind: isStructure ? 'structure' : 'scalar',
      from: this.#index,
      wrapping: this.#place === 'values' && byte === WRAPPING[0] ? 1 : -1,
    };
  }

  #continue(open: OpenRecord, byte: number): void {
    if (open.kind === 'damaged') return;
    if (open.kind === 'scalar') {
      if (this.#place !== 'elements' || (byte !== BYTE.comma && byte !== BYTE.closeArray)) return;
      this.#emit(this.#index);
      this.#between(byte);
      return;
    }
    const progress = this.#beginsLine(byte) ? 'broken' : open.structure.feed(byte);
    if (progress === 'done') this.#emit(this.#index + 1);
    else if (progress === 'broken') this.#break(open, byte);
    else if (open.wrapping >= 0) this.#matchWrapping(open, byte);
  }

  /** A byte that cannot stand here. First on its line, it begins a new record: the one before was cut off. */
  #break(open: OpenRecord, byte: number): void {
    if (this.#lineHasContent) {
      open.kind = 'damaged';
      return;
    }
    this.#emit(this.#index);
    this.#between(byte);
  }

  /** In a file of lines, an object at the very start of a line is a new record, however the one before ended. */
  #beginsLine(byte: number): boolean {
    return this.#hasWholeLines && byte === BYTE.openObject && this.#position === this.#lineStart;
  }

  #matchWrapping(open: OpenRecord, byte: number): void {
    if (isBlank(byte) && !open.structure.inString) return;
    open.wrapping = byte === WRAPPING[open.wrapping] ? open.wrapping + 1 : -1;
    if (open.wrapping < WRAPPING.length) return;
    this.#wrapping = open.structure;
    this.#place = 'elements';
    this.#open = undefined;
  }

  #closeElements(byte: number): void {
    if (this.#wrapping) {
      this.#place = 'tail';
      this.#wrapping.feed(byte);
    } else this.#leave(false);
  }

  #followTail(byte: number): void {
    const progress = this.#wrapping?.feed(byte);
    if (progress === 'more') return;
    this.#leave(progress === 'broken');
    if (progress === 'broken') this.#between(byte);
  }

  #leave(torn: boolean): void {
    this.#torn ||= torn;
    this.#place = 'values';
    this.#wrapping = undefined;
  }

  #emit(end: number): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    open.buffer.add(this.#chunk.subarray(open.from, end));
    const bytes = open.buffer.take();
    const { line, byte } = open;
    const depth = open.structure.deepest;
    if (bytes) this.#found.push({ bytes, length: bytes.length, line, byte, depth });
    else this.#found.push({ length: open.buffer.length, line, byte, depth });
  }

  #take(): readonly FileRecord[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #isByteOrderMark(byte: number): boolean {
    return byte === BYTE_ORDER_MARK[this.#position];
  }

  get #position(): number {
    return this.#chunkStart + this.#index;
  }
}
